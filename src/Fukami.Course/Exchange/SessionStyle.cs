namespace Fukami.Course;

/// <summary>How a session's page looks, behind the rules that all pages share.</summary>
internal static class SessionStyle
{
    /// <summary>On the screen and on paper.</summary>
    public const string Common = """

        main { max-width: 46rem; }
        h1, h2, h3 { text-wrap: balance; }
        :lang(ja) { line-break: strict; } :lang(ja) h1, :lang(ja) h2, :lang(ja) h3 { word-break: auto-phrase; }
        p { margin: .7rem 0; } h3 { margin: 1.8rem 0 .5rem; } .answer h3 { margin: .3rem 0; } ul, ol { padding-left: 1.4rem; } li { margin: .25rem 0; }
        .minutes { color: var(--soft); font-size: .85rem; font-weight: 400; white-space: nowrap; }
        .facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .3rem 1rem; margin: 1rem 0; } .facts dt { color: var(--soft); } .facts dd { margin: 0; }
        .kind { color: var(--soft); font-size: .85rem; font-weight: 600; margin: 0 0 .3rem; }
        .card > :last-child, .card div > :last-child { margin-bottom: 0; }
        .options { list-style: none; padding: 0; } .options > li { display: grid; grid-template-columns: 1.8rem minmax(0, 1fr); margin: .4rem 0; } .options p { margin: 0; }
        .options p + p { margin-top: .3rem; } .right { font-weight: 600; }
        details { margin-top: .6rem; border-top: 1px solid var(--line); } blockquote { margin: .6rem 0; padding-left: .9rem; border-left: 3px solid var(--line); }
        pre { overflow-x: auto; } math[display="block"] { margin: .6rem 0; font-size: 1.1rem; } figure { border-left: 3px solid var(--line); margin: 1rem 0; padding-left: .9rem; }
        figure svg.drawing { width: auto; max-width: 100%; margin: 0; }
        .lines { border-bottom: 1px solid var(--line); height: 1.9rem; } .scroll { margin: .6rem 0; }
        """;

    /// <summary>For paper.</summary>
    public const string Print = """

        :root { color-scheme: light; --ink: #000; --soft: #444; --paper: #fff; --card: #fff; --line: #999; --link: #000; --good: #000; --bad: #000; --open: #000; }
        @page { size: A4; margin: 18mm 17mm 20mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt; } }
        body { font-size: 10.5pt; line-height: 1.55; orphans: 3; widows: 3; } h1 { font-size: 18pt; } h2 { font-size: 13pt; } h3 { font-size: 11pt; }
        h1, h2, h3, .kind { break-after: avoid; } .card, figure, table, pre, math, .answer { break-inside: avoid; } .answers { break-before: page; }
        .answer { border-top: 1px solid var(--line); padding: .3rem 0; } a { text-decoration: none; }
        """;
}
