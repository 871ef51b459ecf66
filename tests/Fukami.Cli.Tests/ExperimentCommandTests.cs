using System.Text.Json;
using Fukami.Lab;

namespace Fukami.Cli.Tests;

public sealed class ExperimentCommandTests
{
    private static readonly string[] Small =
    [
        "experiment", "run", "gradient-flow", "--set", "width=16", "--set", "heads=2", "--set", "length=8", "--set", "vocabulary=50",
        "--set", "depth=20", "--set", "depths=2,4", "--seeds", "2",
    ];

    [Fact]
    public void The_list_names_every_experiment_with_its_question()
    {
        Assert.Contains("gradient-flow", CommandRun.Of("experiment", "list").Out, StringComparison.Ordinal);
        Assert.Contains("勾配", CommandRun.InJapanese("experiment", "list").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_explains_claims_with_their_sources_and_settings_with_their_bounds()
    {
        CommandRun run = CommandRun.Of("experiment", "show", "gradient-flow");
        Assert.Equal(0, run.ExitCode);
        foreach (string part in (string[])["last-layer-scaling", "Xiong et al. 2020", "depth=12", "from 1 to 1000", "residual="])
        {
            Assert.Contains(part, run.Out, StringComparison.Ordinal);
        }

        Assert.All(run.Out.Split('\n'), line => Assert.True(DisplayWidth.Of(line) <= 80, line));
    }

    [Fact]
    public void Show_tells_predictions_and_sources_in_japanese()
    {
        CommandRun run = CommandRun.InJapanese("experiment", "show", "gradient-flow");
        foreach (string part in (string[])["予測: 1/ρ ≤ 最初/最後 ≤ ρ", "根拠: Xiong et al. 2020 補題 3"])
        {
            Assert.Contains(part, run.Out, StringComparison.Ordinal);
        }

        Assert.All(run.Out.Split('\n'), line => Assert.True(DisplayWidth.Of(line) <= 80, line));
    }

    [Theory]
    [InlineData(Language.English, "predicted")]
    [InlineData(Language.Japanese, "予測")]
    public void A_report_fits_into_80_columns_and_needs_no_colour(Language language, string word)
    {
        CommandRun run = CommandRun.Of(language, CancellationToken.None, Small);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(word, run.Out, StringComparison.Ordinal);
        Assert.Contains("sha256:", run.Out, StringComparison.Ordinal);
        Assert.Contains("█", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", run.Out, StringComparison.Ordinal);
        Assert.All(run.Out.Split('\n'), line => Assert.True(DisplayWidth.Of(line) <= 80, line));
    }

    [Fact]
    public void Json_on_standard_output_is_json_and_nothing_else()
    {
        CommandRun run = CommandRun.Of([.. Small, "--json", "-"]);
        using JsonDocument json = JsonDocument.Parse(run.Out);
        Assert.Equal("gradient-flow", json.RootElement.GetProperty("experiment").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("settings").GetProperty("seeds").GetInt32());
        Assert.StartsWith("sha256:", json.RootElement.GetProperty("fingerprint").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_on_standard_output_is_csv_and_nothing_else() =>
        Assert.StartsWith("series,kind,quantity,unit,x_quantity,x,y,low,high\r\n", CommandRun.Of([.. Small, "--csv", "-"]).Out, StringComparison.Ordinal);

    [Fact]
    public void All_files_asked_for_are_written()
    {
        using var folder = new TemporaryFolder();
        CommandRun run = CommandRun.InJapanese([.. Small, "--json", folder["a.json"], "--csv", folder["a.csv"], "--plot", folder["a.svg"]]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("gradient-flow", File.ReadAllText(folder["a.json"]), StringComparison.Ordinal);
        Assert.Contains("hidden_gradient_norm", File.ReadAllText(folder["a.csv"]), StringComparison.Ordinal);
        Assert.Contains("隠れ状態の勾配ノルム", File.ReadAllText(folder["a.svg"]), StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void The_fingerprint_is_the_same_in_both_languages()
    {
        Assert.Equal(Fingerprint(CommandRun.Of(Small)), Fingerprint(CommandRun.InJapanese(Small)));

        static string Fingerprint(CommandRun run) => run.Out.Split('\n').Single(l => l.StartsWith("sha256:", StringComparison.Ordinal));
    }

    [Fact]
    public void Stopped_before_the_first_figure_the_exit_code_is_130()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        CommandRun run = CommandRun.Of(Language.English, stop.Token, Small);
        Assert.Equal(130, run.ExitCode);
        Assert.Contains("Stopped", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_goes_to_standard_error()
    {
        CommandRun run = CommandRun.Of(Small);
        Assert.Contains("seed 1", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("seed 1:", run.Out, StringComparison.Ordinal);
    }
}
