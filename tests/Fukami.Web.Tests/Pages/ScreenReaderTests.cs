using System.Globalization;
using System.Text.Json;
using Fukami.Lab;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>What somebody hears who does not see the page: charts in words and as tables, headings, names of controls, what a run does.</summary>
public sealed class ScreenReaderTests(StudyHall hall) : StudyTest(hall)
{
    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Japanese)]
    public async Task Every_chart_tells_its_series_in_words_and_has_the_exported_figures_as_a_table(Language language)
    {
        Visitor aki = await LearnerAsync(language);
        await aki.Page.ShowAsync("experiment", AppPages.SmallRun);
        IDownload download = await aki.Page.RunAndWaitForDownloadAsync(() => aki.Page.Locator("#export-json").ClickAsync());
        JsonElement exported = JsonDocument.Parse(await File.ReadAllTextAsync(await download.PathAsync())).RootElement;
        IGrouping<string, JsonElement>[] charts = [.. exported.GetProperty("series").EnumerateArray().GroupBy(series => series.GetProperty("quantity").GetString()!, StringComparer.Ordinal)];
        IReadOnlyList<HeardNode> heard = await HeardNode.AllOfAsync(aki.Page);
        await Assertions.Expect(aki.Page.Locator(".chart")).ToHaveCountAsync(charts.Length);
        for (int i = 0; i < charts.Length; i++)
        {
            ILocator chart = aki.Page.Locator(".chart").Nth(i);
            string title = (await chart.Locator(".plot").GetAttributeAsync("aria-label"))!;
            Assert.Contains(charts[i].First().GetProperty("label").GetProperty(language == Language.Japanese ? "ja" : "en").GetString()!, title, StringComparison.Ordinal);
            HeardNode drawing = Assert.Single(heard, node => node.Role == "group" && node.Name == title);
            Assert.All(charts[i], series =>
            {
                Assert.Contains(NameOf(series, language), drawing.Description, StringComparison.Ordinal);
                Assert.Contains(Figure.Of(Numbers(series, "y")[0]), drawing.Description, StringComparison.Ordinal);
            });
            await chart.Locator("summary").ClickAsync();
            await Assertions.Expect(chart.Locator("tbody tr").First).ToBeVisibleAsync();
            Assert.Equal(charts[i].SelectMany(series => RowsOf(series, language)), await chart.EvaluateAsync<string[]>(
                "chart => [...chart.querySelectorAll('tbody tr')].map(row => [...row.cells].map(cell => cell.textContent.trim()).join(' | '))"));
        }
    }

    [Fact]
    public async Task No_heading_skips_a_level_and_every_control_has_a_name_on_every_page_also_where_results_are_shown()
    {
        Visitor aki = await LearnerAsync();
        await aki.Page.StudyUntilMeasuredAsync("residual-and-normalization", "word-memory");
        Hear("session", await EverythingOfAsync(aki.Page));
        foreach ((string name, string address) in AppPages.All)
        {
            aki.Expects = said => name == "not-found" && said.Contains("404", StringComparison.Ordinal);
            await aki.Page.ShowAsync(name, address);
            Hear(name, await EverythingOfAsync(aki.Page));
        }

        static void Hear(string page, IReadOnlyList<HeardNode> heard)
        {
            int before = 0;
            foreach (HeardNode heading in heard.Where(node => node.Role == "heading"))
            {
                Assert.True(heading.Level <= before + 1, $"{page}: “{heading.Name}” has level {heading.Level} behind level {before}.");
                Assert.NotEmpty(heading.Name);
                before = heading.Level;
            }

            Assert.NotEqual(0, before);
            Assert.Contains(heard, node => node.IsControl);
            Assert.All(heard.Where(node => node.IsControl), control => Assert.True(control.Name.Length > 0, $"{page}: a {control.Role} has no name."));
        }
    }

    [Fact]
    public async Task That_a_run_goes_on_and_how_it_ended_is_told_by_a_region_that_was_there_before()
    {
        Visitor aki = await LearnerAsync();
        await aki.Page.GotoAsync("lab/depth-training?seeds=20");
        await RememberStatusAsync(aki.Page);
        await aki.Page.Locator("#run").ClickAsync();
        await SaysAsync(aki.Page, "Running.");
        await aki.Page.Locator("#stop").ClickAsync();
        await Assertions.Expect(aki.Page.Locator("#run")).ToBeEnabledAsync();

        await aki.Page.ShowAsync("experiment", AppPages.SmallRun);
        await RememberStatusAsync(aki.Page);
        await aki.Page.Locator("#run").ClickAsync();
        await SaysAsync(aki.Page, "Finished: ");
    }

    private static async Task RememberStatusAsync(IPage page)
    {
        await page.LiveAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveIdAsync("run-status");
        await page.EvaluateAsync("() => { window.told = document.getElementById('run-status'); }");
    }

    // a region that comes with its words is not read by every screen reader: it must be the one of before
    private static Task<IJSHandle> SaysAsync(IPage page, string words) => page.WaitForFunctionAsync("words => window.told.isConnected && window.told.textContent.includes(words)", words);

    // also what is folded
    private static async Task<IReadOnlyList<HeardNode>> EverythingOfAsync(IPage page)
    {
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(one => { one.open = true; })");
        return await HeardNode.AllOfAsync(page);
    }

    private static IEnumerable<string> RowsOf(JsonElement series, Language language)
    {
        (double[] x, double[] y, double[] low, double[] high) = (Numbers(series, "x"), Numbers(series, "y"), Numbers(series, "low"), Numbers(series, "high"));
        return Enumerable.Range(0, x.Length).Select(i => string.Join(" | ", NameOf(series, language), x[i].ToString("R", CultureInfo.InvariantCulture), Figure.Of(y[i]), IsPrediction(series) ? "" : Figure.Of(low[i]), IsPrediction(series) ? "" : Figure.Of(high[i])));
    }

    private static string NameOf(JsonElement series, Language language) =>
        series.GetProperty("name").GetString() + (!IsPrediction(series) ? "" : language == Language.Japanese ? "（予測）" : " (predicted)");

    private static bool IsPrediction(JsonElement series) => series.TryGetProperty("predicted", out JsonElement predicted) && predicted.GetBoolean();

    private static double[] Numbers(JsonElement series, string name) =>
        [.. series.GetProperty(name).EnumerateArray().Select(number => number.ValueKind == JsonValueKind.String ? double.Parse(number.GetString()!, CultureInfo.InvariantCulture) : number.GetDouble())];
}
