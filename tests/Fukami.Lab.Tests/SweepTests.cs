using System.Text.Json;

namespace Fukami.Lab.Tests;

public sealed class SweepTests
{
    private static readonly SampleExperiment Experiment = new();

    [Fact]
    public void Several_axes_give_every_combination() => Assert.Equal(
        ["depth=1 activation=relu", "depth=1 activation=gelu", "depth=2 activation=relu", "depth=2 activation=gelu"],
        Labels("depth=1,2", "activation=relu,gelu"));

    [Theory]
    [InlineData("residual=pre,post", "residual=pre|residual=post")]
    [InlineData("residual=pre;pre,post", "residual=pre|residual=pre,post")]
    [InlineData("residual=pre,post;", "residual=pre,post")]
    [InlineData("depths=2,4;8", "depths=2,4|depths=8")]
    public void Semicolons_part_values_that_hold_commas(string axis, string labels) => Assert.Equal(labels.Split('|'), Labels(axis));

    [Theory]
    [InlineData("depth")]
    [InlineData("depth=")]
    [InlineData("=1,2")]
    [InlineData("depth=1,,2")]
    [InlineData("depth=1,0")]
    [InlineData("depth=1,01")]
    [InlineData("nothing=1")]
    public void A_sweep_that_cannot_be_is_refused(string axis) => Assert.Throws<SettingException>(() => Labels(axis));

    [Fact]
    public void A_setting_is_swept_once() => Assert.Throws<SettingException>(() => Labels("depth=1", "depth=2"));

    [Fact]
    public void More_combinations_than_anybody_can_want_are_refused() =>
        Assert.Throws<SettingException>(() => Labels("depth=" + string.Join(',', Enumerable.Range(1, 200)), "rate=" + string.Join(',', Enumerable.Range(1, 100).Select(i => FormattableString.Invariant($"{i / 1000.0}")))));

    [Fact]
    public void A_contradicting_combination_is_named_before_anything_runs()
    {
        SettingException e = Assert.Throws<SettingException>(() => Sweep.Of(ExperimentCatalog.Find("gradient-flow")!, ExperimentCatalog.Find("gradient-flow")!.Defaults, ["heads=4,5"]));
        Assert.Contains("heads=5: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finished_trial_is_not_repeated_and_comes_back_to_the_bit()
    {
        using var folder = new TemporaryFolder();
        var sweep = Sweep.Of(Experiment, Experiment.Defaults, ["depth=1,2"]);
        IReadOnlyList<SweepFinding> first = sweep.Run(new SweepFolder(folder.Path)), second = sweep.Run(new SweepFolder(folder.Path));
        Assert.All(first, f => Assert.False(f.Found));
        Assert.All(second, f => Assert.True(f.Found));
        Assert.Equal(first.Select(f => Json(f.Report)), second.Select(f => Json(f.Report)));
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"trial\": {}, \"report\": {}}")]
    public void A_damaged_file_is_said_and_measured_again(string contents)
    {
        using var folder = new TemporaryFolder();
        var kept = new SweepFolder(folder.Path);
        var sweep = Sweep.Of(Experiment, Experiment.Defaults, ["depth=1,2"]);
        sweep.Run(kept);
        File.WriteAllText(kept.FileOf(Experiment, sweep.Trials[0]), contents);
        IReadOnlyList<SweepFinding> again = sweep.Run(kept);
        Assert.NotNull(again[0].Damage);
        Assert.False(again[0].Found);
        Assert.True(again[1].Found);
        Assert.True(sweep.Run(kept)[0].Found);
    }

    [Theory]
    [InlineData("\"measured\": 0.5", "\"measured\": 0.4")] // a figure that is not the fingerprint's
    [InlineData("\"depth\": \"1\"", "\"depth\": \"2\"")] // the trial of other settings
    public void A_file_is_believed_only_with_its_fingerprint_and_settings(string written, string changed)
    {
        using var folder = new TemporaryFolder();
        var kept = new SweepFolder(folder.Path);
        var sweep = Sweep.Of(Experiment, Experiment.Defaults, ["depth=1"]);
        sweep.Run(kept);
        string file = kept.FileOf(Experiment, sweep.Trials[0]), text = File.ReadAllText(file);
        Assert.Contains(written, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(written, changed, StringComparison.Ordinal));
        Assert.NotNull(Assert.Single(sweep.Run(kept)).Damage);
    }

    [Fact]
    public void Stopped_in_the_middle_it_keeps_what_is_finished_and_goes_on_from_there()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var kept = new SweepFolder(folder.Path);
        var sweep = Sweep.Of(Experiment, Experiment.Defaults, ["depth=1,2,3"]);
        Assert.Equal(2, sweep.Run(kept, null, f => { if (f.Settings.Get(SampleExperiment.Depth) == 2) { stop.Cancel(); } }, stop.Token).Count);
        Assert.Equal([true, true, false], sweep.Run(kept).Select(f => f.Found));
    }

    [Fact]
    public void Csv_has_a_column_for_each_swept_setting()
    {
        var sweep = Sweep.Of(Experiment, Experiment.Defaults, ["depth=1,2", "residual=pre,post;"]);
        using var writer = new StringWriter();
        SweepCsv.Write(sweep, sweep.Run(null), writer);
        string[] lines = writer.ToString().Split("\r\n");
        Assert.StartsWith("depth,residual,claim,subject,measured,low,high,prediction,verdict,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("2,\"pre,post\",it-falls,post,0.5,0.4,0.6,factor ≤ 1,supported,false,sha256:", lines[2], StringComparison.Ordinal);
    }

    private static IEnumerable<string> Labels(params string[] axes)
    {
        var sweep = Sweep.Of(Experiment, Experiment.Defaults, axes);
        return [.. sweep.Trials.Select(sweep.Label)];
    }

    private static string Json(Report report)
    {
        using var stream = new MemoryStream();
        ReportJson.Write(report, stream);
        using var json = JsonDocument.Parse(stream.ToArray());
        return json.RootElement.GetRawText();
    }
}
