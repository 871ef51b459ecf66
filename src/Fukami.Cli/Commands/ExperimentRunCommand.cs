using System.CommandLine;
using System.CommandLine.Completions;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary><c>fukami experiment run</c>: the measurement, as a report on the screen and as files; at one setting, over many, or of every experiment.</summary>
internal sealed class ExperimentRunCommand : DocumentedCommand
{
    private const string All = "all";

    private readonly Argument<string> id;

    private readonly Option<string[]> set = new Option<string[]>("--set") { HelpName = "NAME=VALUE", Arity = ArgumentArity.OneOrMore }.With(
        "Change a setting; may be repeated. fukami experiment show ID lists the settings.",
        "設定を変えます。繰り返し指定できます。設定の一覧は fukami experiment show ID で見られます。");

    private readonly Option<string> preset = new Option<string>("--preset") { HelpName = "NAME" }.With(
        "Begin with the settings of a preset; --set changes them further. fukami experiment show ID lists the presets.",
        "プリセットの設定から始めます。--set でさらに変えられます。プリセットの一覧は fukami experiment show ID で見られます。");

    private readonly Option<string[]> sweep = new Option<string[]>("--sweep") { HelpName = "NAME=A,B,C", Arity = ArgumentArity.OneOrMore }.With(
        "Run with each of these values; several --sweep give every combination. Where values hold commas themselves, part them by semicolons: --sweep \"residual=pre;post;pre,post\".",
        "それぞれの値で実行します。--sweep を複数指定すると、すべての組み合わせを実行します。値にコンマが含まれる場合はセミコロンで区切ります: --sweep \"residual=pre;post;pre,post\"。");

    private readonly Option<string> seeds = new Option<string>("--seeds") { HelpName = "N" }.With(
        "Number of seeds; the same as --set seeds=N.",
        "シードの数。--set seeds=N と同じです。");

    private readonly Option<string> seed = new Option<string>("--seed") { HelpName = "N" }.With(
        "First seed; the same as --set seed=N.",
        "最初のシード。--set seed=N と同じです。");

    private readonly Option<string> json = new Option<string>("--json") { HelpName = "FILE|-" }.With(
        "Write the report as JSON; - is standard output, with nothing else on it. A sweep writes an array of reports.",
        "レポートを JSON で書き出します。- なら標準出力へ、それだけを書きます。スイープではレポートの配列になります。");

    private readonly Option<string> csv = new Option<string>("--csv") { HelpName = "FILE|-" }.With(
        "Write the series as CSV; of a sweep, the claims with a column for each swept setting.",
        "系列を CSV で書き出します。スイープでは主張を、変えた設定ごとの列とともに書き出します。");

    private readonly Option<string> plot = new Option<string>("--plot") { HelpName = "FILE.svg|.png" }.With(
        "Draw the series.",
        "系列を図にします。");

    private readonly Option<string> report = new Option<string>("--report") { HelpName = "FILE.html" }.With(
        "Write one page that stands by itself: charts, claims, settings, and the command that repeats it.",
        "図、主張、設定、再現するコマンドを一つにまとめたページを書き出します。");

    private readonly Option<string> output = new Option<string>("--out") { HelpName = "DIR" }.With(
        $"With all: the folder of the pages ({ExperimentRunAll.DefaultFolder} unless given). With --sweep: a folder that keeps finished trials, from which the same command goes on after Ctrl-C.",
        $"all の場合: ページを置くフォルダ（指定しなければ {ExperimentRunAll.DefaultFolder}）。--sweep の場合: 終わった試行を残すフォルダ。Ctrl-C の後、同じコマンドで続きから再開できます。");

    private readonly Terminal terminal;
    private readonly IReadOnlyList<Experiment> experiments;
    private readonly CancellationToken stop;

    /// <summary>The command.</summary>
    public ExperimentRunCommand(Terminal terminal, IReadOnlyList<Experiment> experiments, CancellationToken stop)
        : base(
            "run",
            new LocalizedText(
                "Run an experiment, or all, and hold its claims against the measurement. The same settings give the same report, to the bit, on any machine.",
                "実験（all ならすべて）を実行し、主張を測定と突き合わせます。同じ設定なら、どのマシンでもビット単位で同じレポートになります。"),
            [
                new Example("fukami experiment run gradient-flow --set depth=24", new LocalizedText("24 layers instead of the default.", "層の数を 24 にします。")),
                new Example("fukami experiment run gradient-flow --preset free-way", new LocalizedText("A popular claim that is not literally true.", "よく言われるが、文字どおりには正しくない主張を確かめます。")),
                new Example("fukami experiment run gradient-flow --report report.html", new LocalizedText("A page to show or send.", "見せたり送ったりできるページを書き出します。")),
                new Example("fukami experiment run gradient-flow --sweep depth=6,12,24 --out sweep", new LocalizedText("Three trials; Ctrl-C and the same command again goes on.", "3 通りを試します。Ctrl-C で止めても、同じコマンドで続きから再開します。")),
                new Example("fukami experiment run gradient-flow --json - | jq .claims", new LocalizedText("The claims with their figures, for a program.", "主張と数値をプログラムに渡します。")),
                new Example("fukami experiment run all --out reports", new LocalizedText("Every experiment, with an index page.", "すべての実験を実行し、目次のページも作ります。")),
            ])
    {
        (this.terminal, this.experiments, this.stop) = (terminal, experiments, stop);
        id = ExperimentCommand.IdArgument(experiments, All);
        set.CompletionSources.Add(context => Chosen(context.ParseResult).SelectMany(e => e.Settings).Select(s => new CompletionItem($"{s.Name}={s.DefaultText}")));
        sweep.CompletionSources.Add(context => Chosen(context.ParseResult).SelectMany(e => e.Settings).Select(s => new CompletionItem($"{s.Name}=")));
        preset.CompletionSources.Add(context => Chosen(context.ParseResult).SelectMany(e => e.Presets).Select(p => new CompletionItem(p.Id)));
        Add(id);
        foreach (Option option in (Option[])[set, preset, sweep, seeds, seed, json, csv, plot, report, output])
        {
            Add(option);
        }

        SetAction(Run);
    }

    private IEnumerable<Experiment> Chosen(ParseResult parsed) =>
        ExperimentCommand.Named(experiments, parsed.GetValue(id) ?? "") is { } experiment ? [experiment] : [];

    private int Run(ParseResult parsed)
    {
        string name = parsed.GetRequiredValue(id);
        string[] counted = [.. Assignment("seeds", parsed.GetValue(seeds)), .. Assignment("seed", parsed.GetValue(seed))];
        if (string.Equals(name, All, StringComparison.Ordinal))
        {
            RefuseForAll(parsed);
            return new ExperimentRunAll(terminal, experiments, parsed.GetValue(output) ?? ExperimentRunAll.DefaultFolder, stop).Run(counted);
        }

        Experiment experiment = ExperimentCommand.Find(experiments, name);
        string[] given = [.. parsed.GetValue(set) ?? [], .. counted];
        SettingValues settings = parsed.GetValue(preset) is { } start ? experiment.Defaults.With(experiment.Preset(start).Assignments) : experiment.Defaults;
        settings = settings.With(given);
        var outputs = new ReportOutputs(terminal)
        {
            Json = parsed.GetValue(json),
            Csv = parsed.GetValue(csv),
            Plot = parsed.GetValue(plot),
            Page = parsed.GetValue(report),
        };
        if (parsed.GetValue(sweep) is { Length: > 0 } axes)
        {
            RefuseForSweep(parsed, axes, given);
            return new ExperimentSweep(terminal, outputs, stop).Run(Sweep.Of(experiment, settings, axes), parsed.GetValue(output));
        }

        return parsed.GetValue(output) is null ? RunOne(experiment, settings, outputs) : throw new UsageException(new LocalizedText(
            "--out keeps the trials of a --sweep or the pages of “run all”; write one report with --report FILE.html or --json FILE.",
            "--out は --sweep の試行や run all のページを置くフォルダです。一つのレポートは --report FILE.html や --json FILE で書き出してください。"));
    }

    private int RunOne(Experiment experiment, SettingValues settings, ReportOutputs outputs)
    {
        experiment.Check(settings);
        outputs.Check();
        RunTime.SayIfLong(terminal, experiment.EstimateOperations(settings));
        Report found;
        using (var progress = new ProgressLine(terminal))
        {
            found = experiment.Run(settings, progress, stop);
        }

        if (!outputs.TakesOut)
        {
            new ReportScreen(terminal).Write(found);
        }

        outputs.Write(found);
        if (found.Interrupted)
        {
            terminal.Error.WriteLine(terminal.Say(
                "fukami: Stopped; the figures rest on the seeds that were finished.",
                "fukami: 中断しました。数値は終わったシードだけに基づいています。"));
            return ExitCode.Interrupted;
        }

        return ExitCode.Success;
    }

    private void RefuseForAll(ParseResult parsed)
    {
        foreach (Option option in (Option[])[set, preset, sweep, json, csv, plot, report])
        {
            if (parsed.GetResult(option) is not null)
            {
                throw new UsageException(new LocalizedText(
                    $"{option.Name} makes no sense for all experiments, which differ in their settings and write a page and a JSON file each; name one experiment, or use --seeds, --seed and --out.",
                    $"{option.Name} は all とは一緒に使えません。実験ごとに設定が異なり、ページと JSON もそれぞれに書き出されるためです。実験を一つ指定するか、--seeds、--seed、--out を使ってください。"));
            }
        }
    }

    private void RefuseForSweep(ParseResult parsed, string[] axes, string[] given)
    {
        if (parsed.GetValue(plot) is not null)
        {
            throw new UsageException(new LocalizedText(
                "--plot draws one report; write a sweep with --report FILE.html, --json FILE or --csv FILE.",
                "--plot は一つのレポートを図にします。スイープは --report FILE.html、--json FILE、--csv FILE で書き出してください。"));
        }

        foreach (string name in axes.Select(Name))
        {
            if (given.Any(g => string.Equals(Name(g), name, StringComparison.Ordinal)))
            {
                throw new UsageException(new LocalizedText(
                    $"{name} is given one value and swept over several; keep one of the two.",
                    $"{name} に一つの値が指定され、同時にスイープの対象にもなっています。どちらか一方にしてください。"));
            }
        }

        static string Name(string assignment) => assignment.Split('=')[0].Trim();
    }

    private static IEnumerable<string> Assignment(string name, string? value) => value is null ? [] : [$"{name}={value}"];
}
