namespace Fukami.Lab;

/// <summary>The index of many reports: each experiment's question, how its claims came out, its fingerprint, and the way to its page.</summary>
public static class IndexHtml
{
    /// <summary>Writes the page as UTF-8. A report's page is expected beside it as <c>ID.html</c>, its figures as <c>ID.json</c>.</summary>
    /// <param name="entries">What was run.</param>
    /// <param name="planned">How many experiments were to be run.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="language">The language of the page.</param>
    public static void Write(IReadOnlyList<IndexEntry> entries, int planned, Stream stream, Language language)
    {
        var page = new HtmlPage(language);
        string title = page.Say("Why can a Transformer be deep? All experiments", "Transformer はなぜ深くできるのか: すべての実験");
        Html unfinished = entries.Count < planned
            ? Html.Of($"<p><strong>{page.Say($"{entries.Count} of {planned} experiments are finished.", $"{planned} 件の実験のうち {entries.Count} 件が終わっています。")}</strong></p>")
            : Html.None;
        page.Write(stream, title, Html.Of($"""
            <header><p class="soft">Fukami</p><h1>{title}</h1>
            {page.Counts([.. entries.SelectMany(e => e.Report?.Claims ?? [])])}{unfinished}</header>
            {Html.Join(entries.Select(e => Entry(page, e)))}<p class="soft">Fukami {EngineVersion.Name}</p>
            """));
    }

    private static Html Entry(HtmlPage page, IndexEntry entry) => Html.Of($"""
        <article class="card">
        <h2>{(entry.Report is null ? Html.Of($"{page.Say(entry.Experiment.Question)}") : Html.Of($"<a href=\"{entry.Experiment.Id}.html\">{page.Say(entry.Experiment.Question)}</a>"))}</h2>
        {(entry.Report is { } report ? Found(page, report) : Html.Of($"<p class=\"refuted\">{page.Say("Failed: ", "失敗: ")}{(entry.Failure is { } failure ? page.Say(failure) : "")}</p>"))}</article>
        """);

    private static Html Found(HtmlPage page, Report report) => Html.Of($"""
        <p class="soft"><code>{report.Experiment.Id}</code> · {page.Say($"{report.ElapsedSeconds:0.0} s", $"{report.ElapsedSeconds:0.0} 秒")} · <a href="{report.Experiment.Id}.json">JSON</a></p>
        {page.Counts(report.Claims)}<p class="soft"><code>{report.Fingerprint}</code></p>
        """);
}
