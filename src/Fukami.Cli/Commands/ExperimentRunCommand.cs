using System.CommandLine;
using System.Globalization;
using System.Text;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary><c>fukami experiment run</c>: the measurement, as a report on the screen and as files.</summary>
internal sealed class ExperimentRunCommand : DocumentedCommand
{
    private readonly Argument<string> id = ExperimentCommand.IdArgument();

    private readonly Option<string[]> set = new Option<string[]>("--set") { HelpName = "NAME=VALUE", Arity = ArgumentArity.OneOrMore }.With(
        "Change a setting; may be repeated. fukami experiment show ID lists the settings.",
        "設定を変えます。繰り返し指定できます。設定の一覧は fukami experiment show ID で見られます。");

    private readonly Option<string> seeds = new Option<string>("--seeds") { HelpName = "N" }.With(
        "Number of seeds; the same as --set seeds=N.",
        "シードの数。--set seeds=N と同じです。");

    private readonly Option<string> seed = new Option<string>("--seed") { HelpName = "N" }.With(
        "First seed; the same as --set seed=N.",
        "最初のシード。--set seed=N と同じです。");

    private readonly Option<string> json = new Option<string>("--json") { HelpName = "FILE|-" }.With(
        "Write the report as JSON; - is standard output, with nothing else on it.",
        "レポートを JSON で書き出します。- なら標準出力へ、それだけを書きます。");

    private readonly Option<string> csv = new Option<string>("--csv") { HelpName = "FILE|-" }.With(
        "Write the series as CSV.",
        "系列を CSV で書き出します。");

    private readonly Option<string> plot = new Option<string>("--plot") { HelpName = "FILE.svg|.png" }.With(
        "Draw the series.",
        "系列を図にします。");

    private readonly Terminal terminal;

    /// <summary>The command.</summary>
    public ExperimentRunCommand(Terminal terminal, CancellationToken stop)
        : base(
            "run",
            new LocalizedText(
                "Run an experiment and hold its claims against the measurement. The same settings give the same report, to the bit, on any machine.",
                "実験を実行し、主張を測定と突き合わせます。同じ設定なら、どのマシンでもビット単位で同じレポートになります。"),
            [
                new Example("fukami experiment run gradient-flow --set depth=24", new LocalizedText("24 layers instead of the default.", "層の数を 24 にします。")),
                new Example("fukami experiment run gradient-flow --json - | jq .claims", new LocalizedText("The claims with their figures, for a program.", "主張と数値をプログラムに渡します。")),
                new Example("fukami experiment run gradient-flow --plot gradients.svg", new LocalizedText("A picture for the study group.", "勉強会のための図を描きます。")),
            ])
    {
        this.terminal = terminal;
        set.CompletionSources.Add(context =>
            ExperimentCatalog.Find(context.ParseResult.GetValue(id) ?? "") is { } experiment
                ? experiment.Settings.Select(s => new System.CommandLine.Completions.CompletionItem($"{s.Name}={s.DefaultText}"))
                : []);
        Add(id);
        foreach (Option option in (Option[])[set, seeds, seed, json, csv, plot])
        {
            Add(option);
        }

        SetAction(parsed => Run(parsed, stop));
    }

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        Experiment experiment = ExperimentCommand.Find(parsed.GetRequiredValue(id));
        SettingValues settings = experiment.Defaults.With(parsed.GetValue(set) ?? []);
        settings = parsed.GetValue(seeds) is { } n ? settings.With("seeds", n) : settings;
        settings = parsed.GetValue(seed) is { } first ? settings.With("seed", first) : settings;
        string? jsonPath = parsed.GetValue(json), csvPath = parsed.GetValue(csv), plotPath = parsed.GetValue(plot);
        CheckOutputs(jsonPath, csvPath, plotPath);
        double operations = experiment.EstimateOperations(settings);
        SayHowLong(operations);

        Report report;
        using (var progress = new ProgressLine(terminal))
        {
            report = experiment.Run(settings, progress, stop);
        }

        if (jsonPath is "-")
        {
            using Stream stream = terminal.OpenOut();
            ReportJson.Write(report, stream);
        }
        else if (csvPath is "-")
        {
            ReportCsv.Write(report, terminal.Out);
        }
        else
        {
            new ReportScreen(terminal).Write(report);
        }

        WriteFiles(report, jsonPath, csvPath, plotPath);
        if (report.Interrupted)
        {
            terminal.Error.WriteLine(terminal.Say(
                "fukami: Stopped; the figures rest on the seeds that were finished.",
                "fukami: 中断しました。数値は終わったシードだけに基づいています。"));
            return ExitCode.Interrupted;
        }

        return ExitCode.Success;
    }

    private static void CheckOutputs(string? jsonPath, string? csvPath, string? plotPath)
    {
        if (jsonPath is "-" && csvPath is "-")
        {
            throw new UsageException(new LocalizedText(
                "Only one of --json and --csv can go to standard output; give the other a file.",
                "標準出力に出せるのは --json と --csv のどちらか一方だけです。もう一方にはファイルを指定してください。"));
        }

        if (jsonPath is not (null or "-"))
        {
            AtomicFile.Probe(jsonPath);
        }

        if (csvPath is not (null or "-"))
        {
            AtomicFile.Probe(csvPath);
        }

        if (plotPath is not null)
        {
            ProbePlot(plotPath);
        }
    }

    // on their own, so that the plotting library is loaded only when a plot is asked for
    private static void ProbePlot(string path) => ReportPlot.Probe(path);

    private void WritePlot(Report report, string path) => ReportPlot.Write(report, path, terminal.Language);

    private void WriteFiles(Report report, string? jsonPath, string? csvPath, string? plotPath)
    {
        if (jsonPath is not (null or "-"))
        {
            AtomicFile.Write(jsonPath, stream => ReportJson.Write(report, stream));
        }

        if (csvPath is not (null or "-"))
        {
            AtomicFile.Write(csvPath, stream =>
            {
                using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
                ReportCsv.Write(report, writer);
            });
        }

        if (plotPath is not null)
        {
            WritePlot(report, plotPath);
        }
    }

    private void SayHowLong(double operations)
    {
        // what the engine reaches on small matrices on one processor; measured, and only good enough to say minutes from hours
        const double operationsPerSecond = 2.5e10;
        var time = TimeSpan.FromSeconds(operations / (operationsPerSecond * Environment.ProcessorCount));
        if (time > TimeSpan.FromSeconds(10))
        {
            string about = ProgressLine.Duration(time);
            terminal.Error.WriteLine(terminal.Say(
                $"This will take about {about}; Ctrl-C stops it and keeps what it has.",
                string.Create(CultureInfo.InvariantCulture, $"約 {about} かかります。Ctrl-C で中断しても、それまでの結果は残ります。")));
        }
    }
}
