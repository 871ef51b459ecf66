namespace Fukami.Lab;

/// <summary>A sweep as one page: for each claim a table of settings with what was measured and the verdict; fingerprints and the commands that repeat each trial.</summary>
public static class SweepHtml
{
    /// <summary>Writes the page as UTF-8.</summary>
    public static void Write(Sweep sweep, IReadOnlyList<SweepFinding> findings, Stream stream, Language language)
    {
        var page = new HtmlPage(language);
        string question = page.Say(sweep.Experiment.Question);
        string over = string.Join(", ", sweep.Axes.Select(a => a.Name));
        Html unfinished = findings.Count < sweep.Trials.Count
            ? Html.Of($"<p><strong>{page.Say($"Stopped: {findings.Count} of {sweep.Trials.Count} trials are finished.", $"中断: {sweep.Trials.Count} 回の試行のうち {findings.Count} 回が終わっています。")}</strong></p>")
            : Html.None;
        var results = findings.SelectMany(f => f.Report.Claims.Select(c => (Finding: f, Result: c))).GroupBy(r => r.Result.Claim.Id, StringComparer.Ordinal);
        page.Write(stream, $"{question} – {sweep.Experiment.Id}", Html.Of($"""
            <header><p class="soft">Fukami · {sweep.Experiment.Id} · {page.Say("sweep over", "スイープ")}: {over}</p><h1>{question}</h1>
            {page.Counts([.. findings.SelectMany(f => f.Report.Claims)])}{unfinished}</header>
            <section aria-labelledby="claims"><h2 id="claims">{page.Say("Claims", "主張")}</h2>
            {Html.Join(results.Select(claim => ClaimCard(page, sweep, [.. claim])))}</section>
            <section aria-labelledby="repeat"><h2 id="repeat">{page.Say("Repeat it", "再現する")}</h2>
            {Html.Join(findings.Select(f => Html.Of($"<pre><code>{RepeatingCommand.Of(sweep.Experiment, f.Settings)}\n{f.Report.Fingerprint}</code></pre>")))}</section>
            """));
    }

    private static Html ClaimCard(HtmlPage page, Sweep sweep, (SweepFinding Finding, ClaimResult Result)[] results)
    {
        Claim claim = results[0].Result.Claim;
        Html machine = claim.DependsOnMachine ? Html.Of($"<p class=\"soft\">{page.Say(MachineDependence.Sentence)}</p>") : Html.None;
        int settings = sweep.Axes.Count;
        return Html.Of($"""
            <article class="card"><h3>{page.Say(claim.Statement)}</h3>
            <p class="soft">{page.Say("Source", "根拠")}: {page.Say(claim.Source)}</p>
            {machine}{page.Table(
                $"{claim.Id}: {page.Say(claim.Quantity)}",
                [.. sweep.Axes.Select(a => a.Name), page.Say("of", "対象"), page.Say("verdict", "判定"), page.Say("measured", "測定値"), page.Say("predicted", "予測")],
                results.Select(r => (IEnumerable<Html>)
                [
                    .. sweep.Axes.Select(a => Html.Of($"{r.Finding.Settings.Text(a.Name)}")),
                    Html.Of($"{r.Result.Subject}"),
                    page.VerdictOf(r.Result.Verdict),
                    Html.Of($"{Figure.Of(r.Result.Measured)}"),
                    Html.Of($"{page.Say(r.Result.Prediction)}"),
                ]),
                column => column == settings + 2)}</article>
            """);
    }
}
