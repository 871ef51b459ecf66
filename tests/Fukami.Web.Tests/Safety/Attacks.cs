namespace Fukami.Web.Tests;

/// <summary>Texts that would be more than text on a careless page. An element that one of them creates has the attribute <c>data-attack</c>, calls <c>alert</c>, or asks another host.</summary>
internal static class Attacks
{
    private const string OtherHost = "http://attack.invalid";

    /// <summary>Short enough for a name.</summary>
    public static IReadOnlyList<string> Short { get; } =
    [
        "<script data-attack>alert(1)</script>",
        "<img data-attack src=x onerror=alert(2)>",
        "\"><b data-attack onmouseover=alert(3)>x</b>",
        "<svg data-attack onload=alert(4)><script>alert(5)</script></svg>",
        "<math data-attack><mtext href=javascript:alert(6)>x</mtext></math>",
        "[x](javascript:alert(7)) ![x](" + OtherHost + "/a.png)",
        "</textarea></title></script><i data-attack>",
        "\u202Eevil\u202C \u2066x\u2069 @(1+1)",
        "{{ 7*7 }} {{measured:gradients}} ${alert(8)}",
        "' onfocus='alert(9)' autofocus data-attack='",
    ];

    /// <summary>What only longer texts can hold, and all of the short ones.</summary>
    public static IReadOnlyList<string> Long { get; } =
    [
        .. Short,
        "<iframe data-attack srcdoc=\"<script>parent.alert(10)</script>\"></iframe><object data-attack data=\"javascript:alert(11)\"></object>",
        "<a data-attack href=\"javas\tcript:alert(12)\">x</a> <form data-attack action=\"" + OtherHost + "\"><button>x</button></form>",
        "<style data-attack>@import '" + OtherHost + "/a.css'; main { display: none }</style><link data-attack rel=stylesheet href=" + OtherHost + "/b.css>",
        "<meta data-attack http-equiv=refresh content=\"0;url=" + OtherHost + "\"><base data-attack href=" + OtherHost + ">",
        "<" + OtherHost + "> [x]: javascript:alert(13) 'x'\n\n![x][x]\n\n<details open data-attack ontoggle=alert(14)>x</details>",
        "```html\n</code></pre><script data-attack>alert(15)</script>\n```\n\n$\\href{javascript:alert(16)}{x}$ $$\\text{</annotation><script data-attack>alert(17)</script>}$$",
        "| a |\n|---|\n| <img data-attack src=x onerror=alert(18)> |\n\n{#id onclick=alert(19) data-attack}",
        string.Concat(Enumerable.Repeat("ひ\u0301<b data-attack>", 900)),
    ];

    /// <summary>What a page must not hold after it has shown them.</summary>
    public const string Created =
        "() => [...document.querySelectorAll('[data-attack], script:not([src]), iframe, object, embed, base[href*=attack], [onerror], [onload], [ontoggle], [onmouseover], [onfocus], [onclick]')]"
        + ".concat([...document.querySelectorAll('[href], [src], [action], [srcset]')].filter(e => ['href', 'src', 'action', 'srcset'].some(a => /^\\s*(javascript:|https?:\\/\\/attack)/i.test(e.getAttribute(a) ?? ''))))"
        + ".map(e => e.outerHTML.slice(0, 200))";
}
