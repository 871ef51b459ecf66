using System.Text.Json;
using Fukami.Lab;

namespace Fukami.Cli.Tests;

public sealed class ExperimentRunTests
{
    private static readonly Experiment[] Two = [new StubExperiment("one"), new StubExperiment("two")];

    [Fact]
    public void Run_all_writes_a_page_and_figures_for_each_and_an_index()
    {
        using var folder = new TemporaryFolder();
        CommandRun run = CommandRun.With(Two, CancellationToken.None, "experiment", "run", "all", "--out", folder["new"], "--seeds", "3");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["index.html", "one.html", "one.json", "two.html", "two.json"], Names(folder["new"]));
        Assert.StartsWith("2 experiments, about ", run.Error, StringComparison.Ordinal);
        Assert.Contains("\"seeds\": 3", File.ReadAllText(Path.Combine(folder["new"], "two.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void One_experiment_that_fails_does_not_stop_the_others()
    {
        using var folder = new TemporaryFolder();
        CommandRun run = CommandRun.With([new StubExperiment("bad", _ => throw new InvalidOperationException("broken")), new StubExperiment("good")], CancellationToken.None, "experiment", "run", "all", "--out", folder.Path);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["good.html", "good.json", "index.html"], Names(folder.Path));
        Assert.Contains("broken", File.ReadAllText(folder["index.html"]), StringComparison.Ordinal);
        Assert.Contains("1 of 2 experiments failed (bad)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Stopped_in_the_middle_run_all_keeps_what_is_finished_with_its_index()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        CommandRun run = CommandRun.With([new StubExperiment("one"), new StubExperiment("two", _ => stop.Cancel())], stop.Token, "experiment", "run", "all", "--out", folder.Path);
        Assert.Equal(130, run.ExitCode);
        Assert.Equal(["index.html", "one.html", "one.json"], Names(folder.Path));
        Assert.Contains("1 of 2 experiments", File.ReadAllText(folder["index.html"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--set", "depth=3")]
    [InlineData("--sweep", "depth=3,4")]
    [InlineData("--preset", "deep")]
    [InlineData("--json", "-")]
    [InlineData("--report", "x.html")]
    public void Options_that_make_no_sense_for_all_are_refused(string option, string value)
    {
        CommandRun run = CommandRun.With(Two, CancellationToken.None, "experiment", "run", "all", option, value);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{option} makes no sense for all", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_folder_that_is_a_file_is_said_before_anything_runs()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");
        CommandRun run = CommandRun.With([new StubExperiment("one", _ => Assert.Fail("it ran"))], CancellationToken.None, "experiment", "run", "all", "--out", folder["file"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("cannot be made", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_preset_sets_what_set_may_change_further()
    {
        Assert.Equal(7, Depth("--preset", "deep"));
        Assert.Equal(4, Depth("--preset", "deep", "--set", "depth=4"));

        static int Depth(params string[] options)
        {
            CommandRun run = CommandRun.With(Two, CancellationToken.None, ["experiment", "run", "one", "--json", "-", .. options]);
            using JsonDocument json = JsonDocument.Parse(run.Out);
            return json.RootElement.GetProperty("settings").GetProperty("depth").GetInt32();
        }
    }

    [Fact]
    public void An_unknown_preset_is_answered_with_those_there_are()
    {
        CommandRun run = CommandRun.With(Two, CancellationToken.None, "experiment", "run", "one", "--preset", "depe");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("there are: deep", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Presets_are_shown_listed_and_completed()
    {
        Assert.Contains("--set depth=7", CommandRun.With(Two, CancellationToken.None, "experiment", "show", "one").Out, StringComparison.Ordinal);
        Assert.Contains("fukami experiment run two --preset deep", CommandRun.With(Two, CancellationToken.None, "experiment", "list", "--popular").Out, StringComparison.Ordinal);
        const string line = "fukami experiment run one --preset ";
        Assert.Contains("deep", CommandRun.With(Two, CancellationToken.None, $"[suggest:{line.Length}]", line).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_marks_predictions_and_machines_and_fits_80_columns_however_wide_its_tables()
    {
        CommandRun run = CommandRun.With(Two, CancellationToken.None, "experiment", "run", "one");
        Assert.Contains("│ predicted", run.Out, StringComparison.Ordinal);
        Assert.Contains("not in the fingerprint", run.Out, StringComparison.Ordinal);
        Assert.All(run.Out.Split('\n'), line => Assert.True(DisplayWidth.Of(line) <= 80, line));
        string bars = run.Out.Split('\n').Single(l => l.TrimStart().StartsWith("1  ", StringComparison.Ordinal));
        Assert.Contains("│", bars, StringComparison.Ordinal);
        Assert.EndsWith("4.00", bars.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_writes_every_trial_to_screen_json_csv_and_page()
    {
        using var folder = new TemporaryFolder();
        string[] line = ["experiment", "run", "one", "--sweep", "depth=1,2", "--sweep", "seed=1,2,3"];
        CommandRun run = CommandRun.With(Two, CancellationToken.None, [.. line, "--json", folder["a.json"], "--csv", folder["a.csv"], "--report", folder["a.html"]]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("depth=2 seed=3", run.Out, StringComparison.Ordinal);
        Assert.All(run.Out.Split('\n'), l => Assert.True(DisplayWidth.Of(l) <= 80, l));
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(folder["a.json"]));
        Assert.Equal(6, json.RootElement.GetArrayLength());
        Assert.Equal(8, File.ReadAllText(folder["a.csv"]).Split("\r\n").Length);
        Assert.Contains("fukami experiment run one --set depth=1 --set seed=3", File.ReadAllText(folder["a.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_sweep_says_how_to_go_on_and_goes_on()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        int runs = 0;
        string[] line = ["experiment", "run", "one", "--sweep", "depth=1,2,3", "--out", folder["kept"]];
        Experiment[] stopping = [new StubExperiment("one", s => { runs++; if (s.Text("depth") is "2") { stop.Cancel(); } })];
        CommandRun first = CommandRun.With(stopping, stop.Token, line);
        Assert.Equal(130, first.ExitCode);
        Assert.Contains("1 of 3 trials", first.Error, StringComparison.Ordinal);
        Assert.Contains("same command again", first.Error, StringComparison.Ordinal);
        CommandRun second = CommandRun.With(stopping, CancellationToken.None, line);
        Assert.Equal(0, second.ExitCode);
        Assert.Equal(4, runs);
    }

    [Theory]
    [InlineData("--sweep", "depth=1,2", "--set", "depth=3")]
    [InlineData("--sweep", "seeds=1,2", "--seeds", "3")]
    [InlineData("--sweep", "depth=1,2", "--plot", "x.svg")]
    [InlineData("--sweep", "depth=1,10")]
    [InlineData("--sweep", "nothing=1,2")]
    [InlineData("--out", "folder")]
    public void Options_that_contradict_each_other_are_refused_before_a_trial_runs(params string[] options)
    {
        CommandRun run = CommandRun.With([new StubExperiment("one", _ => Assert.Fail("it ran"))], CancellationToken.None, ["experiment", "run", "one", .. options]);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("fukami: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_memory_cannot_hold_is_said_with_the_estimate_and_touches_no_file()
    {
        using var folder = new TemporaryFolder();
        CommandRun run = CommandRun.Of("experiment", "run", "gradient-flow", "--set", "width=8192", "--set", "depth=1000", "--json", folder["a.json"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("GB of memory", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_page_where_none_can_be_written_is_said_before_the_run()
    {
        CommandRun run = CommandRun.With([new StubExperiment("one", _ => Assert.Fail("it ran"))], CancellationToken.None, "experiment", "run", "one", "--report", "/nowhere/at/all.html");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("does not exist", run.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Names(string folder) => Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
