using System.Text.Json;
using Fukami.Course;
using Fukami.Lab;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>The lab as a learner uses it: every experiment from its page, live settings, links.</summary>
public sealed class LabTests(StudyHall hall) : StudyTest(hall)
{
    /// <summary>Settings for every experiment that take next to no time.</summary>
    private static readonly (string Experiment, string Settings)[] Small =
    [
        ("gradient-flow", "depth=4 width=16 heads=2 length=8 vocabulary=50 seeds=2"),
        ("signal-growth", "width=32 heads=2 length=8 vocabulary=100 depth=6 depths=2,8 seeds=3"),
        ("token-memory", "width=32 heads=2 length=8 vocabulary=16 batch=36 depth=6 seeds=3"),
        ("identity", "width=16 batch=32 steps=60 blocks=2,6 trained=2 extra=2 seeds=2"),
        ("depth-training", "width=16 heads=2 length=8 vocabulary=8 steps=12 depths=1,2 seeds=2 cost_depth=2 residual=none,post,pre"),
        ("batch-size", "batches=1,2,16 compare=16 draws=16 width=16 heads=2 length=4 vocabulary=8 steps=10 seeds=2"),
        ("sequence-length", "length=8 padded=12,32 neighbours=1,3 lengths=4,16 texts=2 depth=1 width=16 heads=2 vocabulary=100 seeds=2"),
        ("train-inference-gap", "batches=1,4,16 batch=4 settle=20 depth=1 width=16 heads=2 length=4 vocabulary=8 steps=15 seeds=2"),
        ("placement", "width=16 heads=2 length=8 depth=2 depths=2,4 steps=3 warm_up=2 batch=4 seeds=2"),
        ("learning-rate", "steps=10 warm_up=5 depth=1 lowest_rate=0.01 highest_rate=0.04 vocabulary=8 length=4 seeds=2"),
        ("synergy", "width=16 heads=2 length=8 depths=1,8 steps=60 learning_rate=0.004 vocabulary=8 residual=pre seeds=3"),
        ("anatomy", ""),
        ("rnn-depth", "width=32 heads=2 length=12 depth=4 batch=2 vocabulary=20 seeds=3"),
        ("ablation", "width=16 heads=2 length=8 depths=1 steps=5 vocabulary=4 seeds=2"),
        ("memory-and-speed", "width=16 heads=2 depth=2 vocabulary=50 batches=1,3 lengths=8,24 seeds=2"),
        ("attention-by-hand", ""),
    ];

    /// <summary>Two looks, which have both languages and both themes, see every experiment; the theme is that of their system.</summary>
    [Fact]
    public async Task Every_experiment_runs_from_its_page_and_shows_its_verdicts_in_each_language_with_each_theme()
    {
        Assert.Equal(ExperimentCatalog.All.Select(experiment => experiment.Id).Order(), Small.Select(run => run.Experiment).Order());
        var visitors = new List<(Visitor Visitor, Language Language, ColorScheme Theme)>();
        foreach ((Language language, ColorScheme theme) in ((Language, ColorScheme)[])[(Language.English, ColorScheme.Light), (Language.Japanese, ColorScheme.Dark)])
        {
            visitors.Add((await LearnerAsync(language, options: new BrowserNewContextOptions { ColorScheme = theme }), language, theme));
        }

        foreach ((string experiment, string settings) in Small)
        {
            string address = $"lab/{experiment}?{settings.Replace(' ', '&')}";
            string[] fingerprints = await Task.WhenAll(visitors.Select(visitor => MeasureAsync(visitor.Visitor.Page, address)));
            Assert.StartsWith("sha256:", Assert.Single(fingerprints.Distinct(StringComparer.Ordinal)), StringComparison.Ordinal);
            var verdicts = new HashSet<int>();
            foreach ((Visitor visitor, Language language, ColorScheme theme) in visitors)
            {
                await Assertions.Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("data-dark", theme == ColorScheme.Dark ? "true" : "false");
                await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync(ExperimentCatalog.Find(experiment)!.Question.In(language));
                string[] shown = await VerdictsAsync(visitor.Page);
                Assert.NotEmpty(shown);
                Assert.All(shown, one => Assert.Contains(Enum.GetValues<Verdict>(), verdict => one.EndsWith(verdict.Label().In(language), StringComparison.Ordinal)));
                verdicts.Add(shown.Length);
                IReadOnlyList<string> origins = await visitor.Page.Locator(".origin dd").AllTextContentsAsync();
                Assert.NotEmpty(origins);
                Assert.Subset(ExperimentCatalog.Find(experiment)!.Claims.SelectMany(claim => (LocalizedText[])[claim.Quantity, claim.Prediction, claim.Source]).Select(text => text.In(language)).ToHashSet(), origins.ToHashSet());
            }

            Assert.Single(verdicts);
        }
    }

    [Theory]
    [InlineData("gradient-flow")]
    [InlineData("batch-size")]
    [InlineData("rnn-depth")]
    public async Task A_link_has_the_fingerprint_that_the_command_line_has(string experiment)
    {
        string[] settings = Small.Single(run => run.Experiment == experiment).Settings.Split(' ');
        Visitor aki = await LearnerAsync();
        string onPage = await RunAsync(aki.Page, $"lab/{experiment}?{string.Join('&', settings)}");
        string file = Path.Combine(NewFolder(), "report.json");
        (int code, string error) = await FukamiServer.RunAsync(["experiment", "run", experiment, "--json", file, .. settings.SelectMany(setting => (string[])["--set", setting])]);
        Assert.True(code == 0, error);
        Assert.Equal(JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement.GetProperty("fingerprint").GetString(), onPage);

        // the link that the page gives is the one that was followed, and the files are of the same run
        await aki.Page.Locator("#run").ClickAsync();
        await Assertions.Expect(aki.Page.Locator("#link")).ToBeVisibleAsync();
        Visitor ben = await LearnerAsync();
        Assert.Equal(onPage, await RunAsync(ben.Page, await aki.Page.Locator("#link").InputValueAsync()));
        IDownload download = await ben.Page.RunAndWaitForDownloadAsync(() => ben.Page.Locator("#export-json").ClickAsync());
        Assert.Equal(onPage, JsonDocument.Parse(await File.ReadAllTextAsync(await download.PathAsync())).RootElement.GetProperty("fingerprint").GetString());
    }

    [Fact]
    public async Task Dragging_a_setting_draws_its_chart_anew()
    {
        Visitor aki = await LearnerAsync();
        string before = await RunAsync(aki.Page, AppPages.SmallRun);
        ILocator chart = aki.Page.Locator(".plot .plotly").First;
        await Assertions.Expect(chart.Locator("path.js-line").First).ToBeVisibleAsync();
        string drawn = await chart.InnerHTMLAsync();
        ILocator slider = aki.Page.Locator("#set-depth-slider");
        await slider.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await slider.BoundingBoxAsync())!;
        float middle = box.Y + box.Height / 2;
        await aki.Page.Mouse.MoveAsync(box.X + 8, middle);
        await aki.Page.Mouse.DownAsync();
        for (int i = 1; i <= 5; i++)
        {
            await aki.Page.Mouse.MoveAsync(box.X + 8 + i * box.Width / 20, middle);
        }

        await aki.Page.Mouse.UpAsync();
        await Assertions.Expect(aki.Page.Locator(".report[data-fingerprint]")).Not.ToHaveAttributeAsync("data-fingerprint", before);
        await aki.Page.WaitForFunctionAsync("() => !location.search.includes('depth=4&')");
        Assert.NotEqual("4", await aki.Page.Locator("#set-depth").InputValueAsync());
        await aki.Page.WaitForFunctionAsync("drawn => document.querySelector('.plot .plotly').innerHTML !== drawn", drawn);
    }

    [Fact]
    public async Task After_a_drag_every_chart_has_the_last_figures_and_no_frame_had_two_to_draw()
    {
        Visitor aki = await LearnerAsync();
        await RunAsync(aki.Page, AppPages.SmallRun);
        await aki.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('figure.chart')].every(chart => chart.querySelector('.js-plotly-plot .main-svg'))");
        int[] found = await aki.Page.EvaluateAsync<int[]>(
            """
            async () => {
              const slider = document.getElementById('set-depth-slider');
              const plots = [...document.querySelectorAll('.js-plotly-plot')];
              const pause = time => new Promise(done => setTimeout(done, time));
              const layers = () => Math.max(...plots[0].data.filter(line => line.fill !== 'toself').map(line => line.x.length)) - 1;
              const depth = () => Number(document.getElementById('set-depth').value);
              const due = new Set(plots);
              let inFrame = 0, most = 0, goesOn = true;
              const frame = () => { most = Math.max(most, inFrame); inFrame = 0; if (goesOn) requestAnimationFrame(frame); };
              requestAnimationFrame(frame);
              plots.forEach(plot => plot.on('plotly_afterplot', () => { inFrame++; due.delete(plot); }));
              const usual = Number(slider.value);
              for (const stop of [1, 2, 3]) {
                slider.value = String(usual + stop);
                slider.dispatchEvent(new Event('input', { bubbles: true }));
                await pause(60);
              }
              for (let i = 0; i < 500 && (due.size > 0 || depth() === 4 || layers() !== depth()); i++) await pause(20);
              goesOn = false;
              return [plots.length, due.size, most, layers(), depth()];
            }
            """);
        Assert.True(found[0] >= 4, $"{found[0]} charts");
        Assert.Equal((0, 1), (found[1], found[2]));
        Assert.True(found[3] > 4);
        Assert.Equal(found[4], found[3]);
    }

    [Fact]
    public async Task Charts_follow_the_windows_width_and_keep_their_height()
    {
        Visitor aki = await LearnerAsync();
        await RunAsync(aki.Page, AppPages.SmallRun);
        int[][] before = await SizesAsync([]);
        Assert.True(before.Length >= 4, $"{before.Length} charts");
        await aki.Page.SetViewportSizeAsync(700, 900);
        int[][] after = await SizesAsync(before);
        Assert.Equal(before.Select(chart => chart[1]), after.Select(chart => chart[1]));

        // once every chart is there, and of another width than before
        async Task<int[][]> SizesAsync(int[][] before)
        {
            const string sizes = "[...document.querySelectorAll('.plot')].map(plot => plot.querySelector('.main-svg')).map(svg => svg && [Number(svg.getAttribute('width')), Number(svg.getAttribute('height'))])";
            await aki.Page.WaitForFunctionAsync($"before => {sizes}.every((size, i) => size && size[0] !== before[i]?.[0])", before);
            return await aki.Page.EvaluateAsync<int[][]>($"() => {sizes}");
        }
    }

    [Fact]
    public async Task A_run_that_is_stopped_leaves_the_page_usable()
    {
        Visitor aki = await LearnerAsync();
        await aki.Page.GotoAsync("lab/depth-training?seeds=20");
        await aki.Page.Locator("#run").ClickAsync();
        await aki.Page.Locator("#stop").ClickAsync();
        await Assertions.Expect(aki.Page.Locator("#run")).ToBeEnabledAsync();
        Assert.Empty((await Server.EventsAsync(aki.Name)).OfType<LabRun>());
    }

    private static async Task<string[]> VerdictsAsync(IPage page) => [.. await page.Locator(".report .verdict").AllTextContentsAsync()];

    // asked for, also where the figures of an earlier run are shown; that it ended is seen by its line among the learner's runs
    private static async Task<string> MeasureAsync(IPage page, string address)
    {
        await page.GotoAsync(address);
        await page.LiveAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('.report[data-fingerprint], #run.primary')");
        await page.Locator("#run").ClickAsync();
        await Assertions.Expect(page.Locator(".history tbody tr")).ToHaveCountAsync(1);
        ILocator report = page.Locator(".report[data-fingerprint]");
        await Assertions.Expect(report).ToBeVisibleAsync();
        return (await report.GetAttributeAsync("data-fingerprint"))!;
    }

    // a small run begins by itself, a longer one when asked
    private static async Task<string> RunAsync(IPage page, string address)
    {
        await page.GotoAsync(address);
        await page.LiveAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('.report[data-fingerprint], #run.primary, #problem, #bad-address')");
        if (await page.Locator("#run.primary").CountAsync() > 0 && await page.Locator(".report").CountAsync() == 0)
        {
            await page.Locator("#run").ClickAsync();
        }

        ILocator report = page.Locator(".report[data-fingerprint]");
        await Assertions.Expect(report).ToBeVisibleAsync();
        return (await report.GetAttributeAsync("data-fingerprint"))!;
    }
}
