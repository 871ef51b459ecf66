using System.Globalization;

namespace Fukami.Lab;

/// <summary>A report as one page that stands by itself: claims with their verdicts, charts with their figures, settings, fingerprint, and the command that repeats it.</summary>
public static class ReportHtml
{
    /// <summary>Says now, before a long run, if the page could not be written.</summary>
    /// <exception cref="OutputException">The file cannot be written, or no font can label the charts.</exception>
    public static void Probe(string path, Language language)
    {
        AtomicFile.Probe(path);
        ReportPlot.ProbeFont(language);
    }

    /// <summary>Writes the page as UTF-8.</summary>
    /// <exception cref="OutputException">No installed font can label the charts.</exception>
    public static void Write(Report report, Stream stream, Language language)
    {
        var page = new HtmlPage(language);
        string question = page.Say(report.Experiment.Question);
        Html unfinished = report.Interrupted
            ? Html.Of($"<p><strong>{page.Say("Stopped before its end: the figures rest on what was finished.", "途中で中断しました。数値は終わった分だけに基づいています。")}</strong></p>")
            : report.Partial
            ? Html.Of($"<p><strong>{page.Say("Still running: the figures rest on what is finished so far.", "まだ実行中です。数値はこれまでに終わった分だけに基づいています。")}</strong></p>")
            : Html.None;
        page.Write(stream, $"{question} – {report.Experiment.Id}", Html.Of($"""
            <header>
            <p class="soft">Fukami · {report.Experiment.Id}</p>
            <h1>{question}</h1>
            {page.Counts(report.Claims)}{unfinished}</header>
            {Claims(page, report)}{Omitted(page, report)}{Charts(page, report, language)}{Tables(page, report)}{Repeat(page, report)}
            """));
    }

    private static Html Claims(HtmlPage page, Report report) => Html.Of($"""
        <section aria-labelledby="claims"><h2 id="claims">{page.Say("Claims", "主張")}</h2>
        {Html.Join(report.Claims.GroupBy(c => c.Claim.Id, StringComparer.Ordinal).Select(claim => ClaimCard(page, [.. claim])))}</section>
        """);

    private static Html ClaimCard(HtmlPage page, ClaimResult[] results)
    {
        Claim claim = results[0].Claim;
        Html machine = claim.DependsOnMachine ? Html.Of($"<p class=\"soft\">{page.Say(MachineDependence.Sentence)}</p>") : Html.None;
        return Html.Of($"""
            <article class="card" id="claim-{claim.Id}">
            <h3>{page.Say(claim.Statement)}</h3>
            <p class="soft"><code>{claim.Id}</code> · {page.Say("Measured", "測るもの")}: {page.Say(claim.Quantity)}</p>
            <p class="soft">{page.Say("Prediction", "予測")}: {page.Say(claim.Prediction)} · {page.Say("Source", "根拠")}: {page.Say(claim.Source)}</p>
            {machine}<ul class="results">
            {Html.Join(results.Select(r => Result(page, r)))}</ul>
            {Html.Join(results.GroupBy(r => page.Say(r.Why), StringComparer.Ordinal).Select(why =>
                Html.Of($"<p><strong>{string.Join(", ", why.Select(r => r.Subject))}</strong>: {why.Key}</p>")))}</article>
            """);
    }

    private static Html Result(HtmlPage page, ClaimResult result) => Html.Of($"""
        <li><span>{page.VerdictOf(result.Verdict)}</span>
        <span><span class="label">{page.Say("of", "対象")}</span>{result.Subject}</span>
        <span><span class="label">{page.Say("measured, 95 % interval", "測定値と 95 % 区間")}</span>{Figure.Of(result.Measured)}</span>
        <span><span class="label">{page.Say("predicted", "予測")}</span>{page.Say(result.Prediction)}</span></li>
        """);

    private static Html Omitted(HtmlPage page, Report report) => report.Omitted.Count == 0 ? Html.None : Html.Of($"""
        <section aria-labelledby="omitted"><h2 id="omitted">{page.Say("Not tested here", "今回検証していない主張")}</h2>
        <ul>
        {Html.Join(report.Omitted.Select(o => Html.Of($"<li>{page.Say(o.Claim.Statement)} (<code>{o.Claim.Id}</code>)<br><span class=\"soft\">{page.Say(o.Reason)}</span></li>")))}</ul></section>
        """);

    private static Html Charts(HtmlPage page, Report report, Language language)
    {
        if (report.Series.Count == 0)
        {
            return Html.None;
        }

        Series[][] panels = [.. report.Series.GroupBy(s => s.Quantity.Id, StringComparer.Ordinal).Select(g => g.ToArray())];
        IReadOnlyList<string> pictures = ReportPlot.Panels(report, language);
        return Html.Of($"""
            <section aria-labelledby="charts"><h2 id="charts">{page.Say("Measurements", "測定結果")}</h2>
            {Html.Join(panels.Zip(pictures, (series, svg) => Chart(page, series, svg)))}</section>
            """);
    }

    private static Html Chart(HtmlPage page, Series[] series, string svg)
    {
        Quantity quantity = series[0].Quantity, along = series[0].XQuantity;
        string name = Named(page, quantity);
        string machine = quantity.DependsOnMachine ? page.Say(" " + MachineDependence.Sentence.English, MachineDependence.Sentence.Japanese) : "";
        string intervals = series.Any(s => !s.IsPrediction) ? page.Say("Bands are 95 % intervals.", "帯は 95 % 区間です。") : "";
        return Html.Of($"""
            <figure>
            <h3>{name}</h3>
            <div class="plot">{page.Picture(svg, page.Say($"{name} over {page.Say(along.Label)}", $"{page.Say(along.Label)}に対する{name}"))}</div>
            <figcaption>{string.Join(page.Say(" ", ""), series.Select(s => Summary(page, s)))} {intervals}{machine}</figcaption>
            <details><summary>{page.Say("The figures as a table", "数値を表で見る")}</summary>
            {page.Table(
                name,
                [page.Say("series", "系列"), Named(page, along), page.Say("value", "値"), page.Say("low", "下限"), page.Say("high", "上限")],
                series.SelectMany(s => Enumerable.Range(0, s.X.Count).Select(i => Row(page, s, i))),
                column => column > 0)}</details>
            </figure>
            """);
    }

    private static IEnumerable<Html> Row(HtmlPage page, Series series, int i) =>
    [
        Html.Of($"{SeriesName(page, series)}"),
        Html.Of($"{series.X[i].ToString("R", CultureInfo.InvariantCulture)}"),
        Html.Of($"{Figure.Of(series.Y[i])}"),
        Html.Of($"{(series.IsPrediction ? "" : Figure.Of(series.Low[i]))}"),
        Html.Of($"{(series.IsPrediction ? "" : Figure.Of(series.High[i]))}"),
    ];

    private static string Summary(HtmlPage page, Series series)
    {
        if (series.X.Count == 0)
        {
            return "";
        }

        string along = page.Say(series.XQuantity.Label), name = SeriesName(page, series);
        string first = Figure.Of(series.Y[0]), last = Figure.Of(series.Y[^1]);
        string from = series.X[0].ToString("R", CultureInfo.InvariantCulture), to = series.X[^1].ToString("R", CultureInfo.InvariantCulture);
        return series.X.Count == 1
            ? page.Say($"{name}: {first} at {along} {from}.", $"{name}: {along} {from} で {first}。")
            : page.Say($"{name}: {first} at {along} {from}, {last} at {to}.", $"{name}: {along} {from} で {first}、{to} で {last}。");
    }

    private static string SeriesName(HtmlPage page, Series series) =>
        series.IsPrediction ? page.Say($"{series.Name} (predicted)", $"{series.Name}（予測）") : series.Name;

    private static string Named(HtmlPage page, Quantity quantity) =>
        quantity.Unit.Length == 0 ? page.Say(quantity.Label) : $"{page.Say(quantity.Label)} [{quantity.Unit}]";

    private static Html Tables(HtmlPage page, Report report) => report.Tables.Count == 0 ? Html.None : Html.Of($"""
        <section aria-labelledby="tables"><h2 id="tables">{page.Say("Tables", "表")}</h2>
        {Html.Join(report.Tables.Select(table => page.Table(
            page.Say(table.Title),
            [.. table.Columns.Select(c => page.Say(c.Label))],
            table.Rows.Select(row => row.Select(cell => Html.Of($"{cell.Text ?? Figure.Of(cell.Number)}"))),
            column => table.Rows.Count > 0 && table.Rows[0][column].Text is null)))}</section>
        """);

    private static Html Repeat(HtmlPage page, Report report) => Html.Of($"""
        <section aria-labelledby="repeat"><h2 id="repeat">{page.Say("Repeat it", "再現する")}</h2>
        <pre><code>{RepeatingCommand.Of(report)}</code></pre>
        <p>{page.Say("The same settings give the same fingerprint on every machine, for any number of threads:", "同じ設定なら、どのマシンでも、スレッド数によらず、同じフィンガープリントになります。")}</p>
        <pre><code>{report.Fingerprint}</code></pre>
        {page.Table(
            page.Say("Settings", "設定"),
            [page.Say("name", "名前"), page.Say("value", "値"), page.Say("meaning", "意味")],
            report.Settings.Settings.Select(s => (IEnumerable<Html>)[Html.Of($"<code>{s.Name}</code>"), Html.Of($"<code>{report.Settings.Text(s.Name)}</code>"), Html.Of($"{page.Say(s.Explanation)}")]),
            _ => false)}
        <p class="soft">{page.Say($"{report.Timing.English}, by Fukami {EngineVersion.Name}.", $"Fukami {EngineVersion.Name}、{report.Timing.Japanese}。")}</p></section>
        """);
}
