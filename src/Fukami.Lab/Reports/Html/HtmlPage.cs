using System.Text;
using System.Text.RegularExpressions;

namespace Fukami.Lab;

/// <summary>What all pages share: one file without scripts, that asks nothing of any server and reads well on a telephone, in the dark and on paper.</summary>
/// <param name="language">The language of the page.</param>
internal sealed partial class HtmlPage(Language language)
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --paper: #ffffff; --card: #f6f7f9; --line: #d5dae0; --link: #0757b8; --good: #116329; --bad: #b3141d; --open: #7a4b00; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e7eaee; --soft: #a4adb8; --paper: #14171b; --card: #1d2127; --line: #3a414b; --link: #86b7ff; --good: #6fdd8b; --bad: #ff9a93; --open: #f0c060; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, "Noto Sans", "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", Meiryo, sans-serif; overflow-wrap: anywhere; }
        main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
        h1 { font-size: 1.6rem; line-height: 1.3; margin: .2rem 0 .6rem; }
        h2 { font-size: 1.25rem; margin: 2.5rem 0 .8rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
        .card h2 { margin: 0 0 .4rem; border: 0; padding: 0; }
        h3 { font-size: 1.05rem; line-height: 1.4; margin: 0 0 .4rem; }
        a { color: var(--link); }
        p { margin: .4rem 0; }
        .soft { color: var(--soft); font-size: .9rem; }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin: 1rem 0; }
        .results { list-style: none; margin: .7rem 0; padding: 0; }
        .results li { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr) minmax(0, 1.3fr) minmax(0, 1.7fr); gap: .2rem 1rem; padding: .5rem 0; border-top: 1px solid var(--line); }
        .label { color: var(--soft); font-size: .8rem; display: block; }
        .verdict { font-weight: 600; white-space: nowrap; }
        .supported { color: var(--good); } .refuted { color: var(--bad); } .inconclusive { color: var(--open); }
        .counts { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; padding: 0; margin: .5rem 0; list-style: none; }
        figure { margin: 1.2rem 0; }
        figure .plot { background: #ffffff; border: 1px solid var(--line); border-radius: .5rem; padding: .3rem; }
        figure svg { display: block; width: 100%; height: auto; max-width: 46rem; margin: 0 auto; }
        figcaption { margin: .5rem 0; font-size: .9rem; }
        summary { cursor: pointer; padding: .3rem 0; color: var(--link); }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
        th, td { border-bottom: 1px solid var(--line); padding: .35rem .7rem .35rem 0; text-align: left; vertical-align: top; overflow-wrap: normal; }
        td.number, th.number { text-align: right; white-space: nowrap; }
        code, pre { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .88rem; }
        pre { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .8rem; white-space: pre-wrap; }
        :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
        @media (max-width: 40rem) { .results li { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
        @media print { :root { --ink: #000; --soft: #333; --paper: #fff; --card: #fff; --line: #999; --link: #000; --good: #000; --bad: #000; --open: #000; } .card, figure { break-inside: avoid; } main { max-width: none; padding: 0; } }
        """;

    private int pictures;
    private int regions;

    /// <summary>The text in the page's language.</summary>
    public string Say(LocalizedText text) => text.In(language);

    /// <summary>The text in the page's language.</summary>
    public string Say(string english, string japanese) => language == Language.Japanese ? japanese : english;

    /// <summary>Writes the page.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="title">Its title.</param>
    /// <param name="body">What stands on it.</param>
    /// <param name="style">Rules of its own, behind those that all pages share.</param>
    public void Write(Stream stream, string title, Html body, string style = "")
    {
        // what a page may fetch is said once more to the browser: nothing
        Html page = Html.Of($"""
            <!doctype html>
            <html lang="{Say("en", "ja")}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{title}</title>
            <style>{new Html(Style)}{new Html(style)}</style>
            </head>
            <body>
            <main>
            {body}</main>
            </body>
            </html>

            """);
        stream.Write(Encoding.UTF8.GetBytes(page.Markup));
    }

    /// <summary>A verdict: its sign, its word, its colour, each of which says it alone.</summary>
    public Html VerdictOf(Verdict verdict) => Html.Of($"<span class=\"verdict {verdict.Name()}\">{verdict.Sign()} {Say(verdict.Label())}</span>");

    /// <summary>How many claims came out which way.</summary>
    public Html Counts(IReadOnlyList<ClaimResult> claims) => Html.Of($"""
        <ul class="counts">{Html.Join(Enum.GetValues<Verdict>().OrderBy(v => v == Verdict.Inconclusive).Select(v =>
            Html.Of($"<li>{VerdictOf(v)} {claims.Count(c => c.Verdict == v)}</li>")))}</ul>
        """);

    /// <summary>A table that scrolls by itself where the page is narrow.</summary>
    /// <param name="caption">What it shows.</param>
    /// <param name="heads">What stands above each column.</param>
    /// <param name="rows">Its cells.</param>
    /// <param name="numeric">Whether a column holds numbers.</param>
    public Html Table(string caption, IReadOnlyList<string> heads, IEnumerable<IEnumerable<Html>> rows, Func<int, bool> numeric)
    {
        string id = $"table-{++regions}";
        return Html.Of($"""
            <div class="scroll" role="region" tabindex="0" aria-labelledby="{id}"><table>
            <caption id="{id}" class="soft">{caption}</caption>
            <thead><tr>{Html.Join(heads.Select((head, i) => Html.Of($"<th scope=\"col\" class=\"{Class(i)}\">{head}</th>")))}</tr></thead>
            <tbody>
            {Html.Join(rows.Select(row => Html.Of($"<tr>{Html.Join(row.Select((cell, i) => i == 0
                ? Html.Of($"<th scope=\"row\" class=\"{Class(i)}\">{cell}</th>")
                : Html.Of($"<td class=\"{Class(i)}\">{cell}</td>")))}</tr>")))}</tbody></table></div>
            """);

        string Class(int column) => numeric(column) ? "number" : "text";
    }

    /// <summary>A picture within the page. Its ids become the page's own, because every picture counts its own from zero.</summary>
    /// <param name="svg">The picture.</param>
    /// <param name="label">What it shows, for those who do not see it.</param>
    public Html Picture(string svg, string label)
    {
        string prefix = $"p{++pictures}-";
        string markup = svg[svg.IndexOf("<svg", StringComparison.Ordinal)..];
        markup = Ids().Replace(markup, match => match.Groups["before"].Value + prefix + match.Groups["id"].Value);
        int end = markup.IndexOf('>', StringComparison.Ordinal);
        string opening = Size().Replace(markup[..end], "");
        Match size = Extents().Match(markup[..end]);
        string box = $"0 0 {size.Groups["width"].Value} {size.Groups["height"].Value}";
        return Html.Of($"{new Html(opening)} viewBox=\"{box}\" role=\"img\" aria-label=\"{label}\"{new Html(markup[end..])}");
    }

    [GeneratedRegex("""(?<before>\bid="|url\(#|href="#)(?<id>[^")]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ids();

    [GeneratedRegex("""\s(width|height)="[^"]*["]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Size();

    [GeneratedRegex("""\bwidth="(?<width>[\d.]+)"\s+height="(?<height>[\d.]+)["]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Extents();
}
