using System.CommandLine;
using System.Globalization;
using Fukami.Lab;
using Fukami.Tensors;
using Spectre.Console;

namespace Fukami.Cli;

/// <summary><c>fukami bench</c>: how fast this machine trains, as a share of its own limit.</summary>
internal sealed class BenchCommand : DocumentedCommand
{
    private readonly Option<string[]> workloads = new Option<string[]>("--workload") { HelpName = "NAME", Arity = ArgumentArity.OneOrMore }.With(
        "One workload; may be repeated. All unless given.",
        "測る対象。繰り返し指定できます。指定しなければすべて。");

    private readonly Option<double?> seconds = new Option<double?>("--seconds") { HelpName = "S" }.With(
        "How long to time each workload; 3 unless given.",
        "対象ごとに測る秒数。指定しなければ 3。");

    private readonly Option<string> json = new Option<string>("--json") { HelpName = "FILE|-" }.With(
        "Write the figures as JSON; - is standard output, with nothing else on it.",
        "数値を JSON で書き出します。- なら標準出力へ、それだけを書きます。");

    private readonly Option<bool> profile = new Option<bool>("--profile").With(
        "Show where the time of the two passes goes.",
        "順伝播と逆伝播の時間の内訳も表示します。");

    private readonly Terminal terminal;

    /// <summary>The command.</summary>
    public BenchCommand(Terminal terminal, CancellationToken stop)
        : base(
            "bench",
            new LocalizedText(
                "Time training steps. Speed is stated as a share of the machine's own multiply-add ceiling, measured in the same run: 6·P·tokens / time / ceiling, P the parameters that every token is multiplied by.",
                "学習ステップの時間を測ります。速さは、同じ実行の中で測ったこのマシンの積和演算の上限に対する割合（6·P·トークン数 / 時間 / 上限、P は各トークンに掛けられるパラメーターの数）で示します。"),
            [
                new Example("fukami bench --workload nanogpt-cpu", new LocalizedText("One workload.", "一つだけ測ります。")),
                new Example("fukami bench --workload deep1000 --profile", new LocalizedText("And where its time goes.", "時間の内訳も見ます。")),
                new Example("fukami bench --json bench.json", new LocalizedText("All of them, with a file.", "すべて測り、ファイルにも書きます。")),
            ])
    {
        this.terminal = terminal;
        workloads.CompletionSources.Add(_ => Workloads.All.Select(w => new System.CommandLine.Completions.CompletionItem(w.Name)));
        Add(workloads);
        Add(seconds);
        Add(json);
        Add(profile);
        SetAction(parsed => Run(parsed, stop));
    }

    /// <inheritdoc/>
    public override IEnumerable<HelpSection> MoreHelp =>
    [
        new(new LocalizedText("Workloads", "測る対象"), [.. Workloads.All.Select(w => (w.Name, w.Explanation))]),
    ];

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        Workload[] chosen = [.. (parsed.GetValue(workloads) is { Length: > 0 } names ? names : Workloads.All.Select(w => w.Name)).Select(Find)];
        double time = parsed.GetValue(seconds) ?? 3;
        if (!(time is > 0 and <= 3600))
        {
            throw new UsageException(new LocalizedText(
                "The option --seconds takes a number above 0 and up to 3600.",
                "オプション --seconds には 0 より大きく 3600 以下の数を指定してください。"));
        }

        string? jsonPath = parsed.GetValue(json);
        if (jsonPath is not (null or "-"))
        {
            AtomicFile.Probe(jsonPath);
        }

        ThreadTeam team = ThreadTeam.Shared;
        var results = new List<BenchmarkResult>();
        using (var progress = new ProgressLine(terminal))
        {
            for (int i = 0; i < chosen.Length; i++)
            {
                Workload workload = chosen[i];
                int before = i;
                progress.Show(before / (double)chosen.Length, workload.Name);
                results.Add(Benchmark.Run(workload, team, TimeSpan.FromSeconds(time), done => progress.Show((before + done) / chosen.Length, workload.Name), stop));
            }
        }

        if (jsonPath is "-")
        {
            using Stream stream = terminal.OpenOut();
            BenchmarkJson.Write(results, team.Threads, stream);
            return ExitCode.Success;
        }

        Show(results, team.Threads);
        if (parsed.GetValue(profile))
        {
            ShowProfile(chosen, team, stop);
        }

        if (jsonPath is not null)
        {
            AtomicFile.Write(jsonPath, stream => BenchmarkJson.Write(results, team.Threads, stream));
        }

        return ExitCode.Success;
    }

    private static Workload Find(string name) =>
        Workloads.All.FirstOrDefault(w => string.Equals(w.Name, name, StringComparison.Ordinal)) ?? throw new UsageException(new LocalizedText(
            $"There is no workload “{name}”; there are {string.Join(", ", Workloads.All.Select(w => w.Name))}.",
            $"「{name}」という対象はありません。あるのは {string.Join("、", Workloads.All.Select(w => w.Name))} です。"));

    private void Show(List<BenchmarkResult> results, int threads)
    {
        terminal.Out.WriteLine(terminal.Say(
            string.Create(CultureInfo.InvariantCulture, $"Multiply-add ceiling: {results.Max(r => r.Ceiling) / 1e9:0} GFLOP/s ({threads} threads, {Ceiling.VectorBits}-bit vectors)"),
            string.Create(CultureInfo.InvariantCulture, $"積和演算の上限: {results.Max(r => r.Ceiling) / 1e9:0} GFLOP/s（{threads} スレッド、{Ceiling.VectorBits} ビットベクトル）")));
        var table = new Spectre.Console.Table { Border = TableBorder.Simple };
        foreach (LocalizedText head in (LocalizedText[])[
            new("workload", "対象"), new("parameters", "パラメーター"), new("fwd+bwd", "順+逆"), new("share", "割合"), new("step", "ステップ"), new("share", "割合"), new("tokens/s", "トークン/s")])
        {
            var column = new Spectre.Console.TableColumn(Markup.Escape(terminal.Say(head))).NoWrap();
            table.AddColumn(table.Columns.Count == 0 ? column : column.RightAligned());
        }

        foreach (BenchmarkResult result in results)
        {
            table.AddRow(
                result.Workload.Name,
                string.Create(CultureInfo.InvariantCulture, $"{result.Parameters / 1e6:0.0} M"),
                Milliseconds(result.ForwardBackward),
                Percent(result.ForwardBackwardShare),
                Milliseconds(result.Step),
                Percent(result.StepShare),
                string.Create(CultureInfo.InvariantCulture, $"{result.TokensPerSecond:0}"));
        }

        terminal.Console.Write(table);
    }

    private void ShowProfile(Workload[] chosen, ThreadTeam team, CancellationToken stop)
    {
        foreach (Workload workload in chosen)
        {
            terminal.Out.WriteLine($"{workload.Name}:");
            foreach ((string part, double share) in Benchmark.Profile(workload, team, stop).Where(p => p.Share >= 0.005))
            {
                terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {100 * share,5:0.0} %  {part}"));
            }
        }
    }

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms");

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");
}
