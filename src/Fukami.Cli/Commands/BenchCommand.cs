using System.CommandLine;
using System.Globalization;
using Fukami.Lab;
using Fukami.Tensors;
using Spectre.Console;

namespace Fukami.Cli;

/// <summary><c>fukami bench</c>: how fast this machine trains and writes, as a share of its own limits.</summary>
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
        "Show where the time of the passes goes.",
        "パスの時間の内訳も表示します。");

    private readonly Terminal terminal;

    /// <summary>The command.</summary>
    public BenchCommand(Terminal terminal, CancellationToken stop)
        : base(
            "bench",
            new LocalizedText(
                "Time training steps and decoding. The speed of training is stated as a share of the machine's own multiply-add ceiling, measured in the same run: 6·P·tokens / time / ceiling, P the parameters that every token is multiplied by. That of decoding, which reads all weights and the cache for each token, is stated as a share of what the memory delivers.",
                "学習ステップと 1 トークンずつの生成の時間を測ります。学習の速さは、同じ実行の中で測ったこのマシンの積和演算の上限に対する割合（6·P·トークン数 / 時間 / 上限、P は各トークンに掛けられるパラメーターの数）で示します。生成では 1 トークンごとに重みとキャッシュをすべて読むため、メモリーの読み出し速度に対する割合で示します。"),
            [
                new Example("fukami bench --workload nanogpt-cpu", new LocalizedText("One workload.", "一つだけ測ります。")),
                new Example("fukami bench --workload deep1000 --profile", new LocalizedText("And where its time goes.", "時間の内訳も見ます。")),
                new Example("fukami bench --workload gpt2-decode", new LocalizedText("Writing token by token.", "1 トークンずつの生成を測ります。")),
                new Example("fukami bench --json bench.json", new LocalizedText("All of them, with a file.", "すべて測り、ファイルにも書きます。")),
            ])
    {
        this.terminal = terminal;
        workloads.CompletionSources.Add(_ => Workloads.Names.Select(name => new System.CommandLine.Completions.CompletionItem(name)));
        Add(workloads);
        Add(seconds);
        Add(json);
        Add(profile);
        SetAction(parsed => Run(parsed, stop));
    }

    /// <inheritdoc/>
    public override IEnumerable<HelpSection> MoreHelp =>
    [
        new(new LocalizedText("Workloads", "測る対象"), [.. Workloads.All.Select(w => (w.Name, w.Explanation)), .. Workloads.Decoding.Select(w => (w.Name, w.Explanation))]),
    ];

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        string[] names = parsed.GetValue(workloads) is { Length: > 0 } given ? given : [.. Workloads.Names];
        if (names.FirstOrDefault(name => !Workloads.Names.Contains(name, StringComparer.Ordinal)) is { } unknown)
        {
            throw Unknown(unknown);
        }

        Workload[] training = [.. names.SelectMany(name => Workloads.All.Where(w => w.Name == name))];
        DecodingWorkload[] decoding = [.. names.SelectMany(name => Workloads.Decoding.Where(w => w.Name == name))];
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
        var trained = new List<BenchmarkResult>();
        var decoded = new List<DecodingResult>();
        using (var progress = new ProgressLine(terminal))
        {
            foreach (Workload workload in training)
            {
                trained.Add(Benchmark.Run(workload, team, TimeSpan.FromSeconds(time), Progress(workload.Name), stop));
            }

            foreach (DecodingWorkload workload in decoding)
            {
                decoded.Add(DecodingBenchmark.Run(workload, team, TimeSpan.FromSeconds(time), progress: Progress(workload.Name), cancellation: stop));
            }

            Action<double> Progress(string name)
            {
                int before = trained.Count + decoded.Count;
                progress.Show(before / (double)names.Length, name);
                return done => progress.Show((before + done) / names.Length, name);
            }
        }

        if (jsonPath is "-")
        {
            using Stream stream = terminal.OpenOut();
            BenchmarkJson.Write(trained, decoded, team.Threads, stream);
            return ExitCode.Success;
        }

        if (trained.Count > 0)
        {
            Show(trained, team.Threads);
        }

        if (decoded.Count > 0)
        {
            Show(decoded, team.Threads);
        }

        if (parsed.GetValue(profile))
        {
            foreach (Workload workload in training)
            {
                ShowProfile(workload.Name, Benchmark.Profile(workload, team, stop));
            }

            foreach (DecodingWorkload workload in decoding)
            {
                ShowProfile(workload.Name, DecodingBenchmark.Profile(workload, team, stop));
            }
        }

        if (jsonPath is not null)
        {
            AtomicFile.Write(jsonPath, stream => BenchmarkJson.Write(trained, decoded, team.Threads, stream));
        }

        return ExitCode.Success;
    }

    private static UsageException Unknown(string name) => new(new LocalizedText(
        $"There is no workload “{name}”; there are {string.Join(", ", Workloads.Names)}.",
        $"「{name}」という対象はありません。あるのは {string.Join("、", Workloads.Names)} です。"));

    private void Show(List<BenchmarkResult> results, int threads)
    {
        terminal.Out.WriteLine(terminal.Say(
            string.Create(CultureInfo.InvariantCulture, $"Multiply-add ceiling: {results.Max(r => r.Ceiling) / 1e9:0} GFLOP/s ({threads} threads, {Ceiling.VectorBits}-bit vectors)"),
            string.Create(CultureInfo.InvariantCulture, $"積和演算の上限: {results.Max(r => r.Ceiling) / 1e9:0} GFLOP/s（{threads} スレッド、{Ceiling.VectorBits} ビットベクトル）")));
        Spectre.Console.Table table = NewTable(
            new("workload", "対象"), new("parameters", "パラメーター"), new("fwd+bwd", "順+逆"), new("share", "割合"), new("step", "ステップ"), new("share", "割合"), new("tokens/s", "トークン/s"));
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

    private void Show(List<DecodingResult> results, int threads)
    {
        DecodingResult best = results.MaxBy(r => r.BestReadBandwidth)!;
        terminal.Out.WriteLine(terminal.Say(
            string.Create(CultureInfo.InvariantCulture, $"Memory read bandwidth: {Gigabytes(best.ReadBandwidth)} between the tokens, at best {Gigabytes(best.BestReadBandwidth)} ({threads} threads)"),
            string.Create(CultureInfo.InvariantCulture, $"メモリーの読み出し速度: トークンの合間の中央値 {Gigabytes(best.ReadBandwidth)}、最高 {Gigabytes(best.BestReadBandwidth)}（{threads} スレッド）")));
        foreach (DecodingResult result in results)
        {
            int first = result.Workload.FirstPosition, last = first + result.Workload.Tokens - 1;
            terminal.Out.WriteLine(terminal.Say(
                string.Create(CultureInfo.InvariantCulture, $"{result.Workload.Name}: {result.Parameters / 1e6:0.0} M parameters, positions {first} to {last}; a token reads {result.WeightBytes / 1e6:0.0} MB of weights and {result.Workload.CacheBytes / 1e6:0.0} MB of cache"),
                string.Create(CultureInfo.InvariantCulture, $"{result.Workload.Name}: パラメーター {result.Parameters / 1e6:0.0} M、位置 {first}〜{last}。1 トークンごとに重み {result.WeightBytes / 1e6:0.0} MB とキャッシュ {result.Workload.CacheBytes / 1e6:0.0} MB を読みます。")));
        }

        Spectre.Console.Table table = NewTable(
            new("workload", "対象"), new("token", "トークン"), new("tokens/s", "トークン/s"), new("speed", "速さ"), new("share", "割合"), new("at best", "最高"));
        foreach (DecodingResult result in results)
        {
            table.AddRow(
                result.Workload.Name,
                Milliseconds(result.Token),
                string.Create(CultureInfo.InvariantCulture, $"{result.TokensPerSecond:0.0}"),
                Gigabytes(result.BytesPerSecond),
                Percent(result.Share),
                Percent(result.BestShare));
        }

        terminal.Console.Write(table);
    }

    private void ShowProfile(string workload, IReadOnlyList<(string Part, double Share)> parts)
    {
        terminal.Out.WriteLine($"{workload}:");
        foreach ((string part, double share) in parts.Where(p => p.Share >= 0.005))
        {
            terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {100 * share,5:0.0} %  {part}"));
        }
    }

    private Spectre.Console.Table NewTable(params ReadOnlySpan<LocalizedText> heads)
    {
        var table = new Spectre.Console.Table { Border = TableBorder.Simple };
        foreach (LocalizedText head in heads)
        {
            var column = new Spectre.Console.TableColumn(Markup.Escape(terminal.Say(head))).NoWrap();
            table.AddColumn(table.Columns.Count == 0 ? column : column.RightAligned());
        }

        return table;
    }

    private static string Gigabytes(double bytesPerSecond) => string.Create(CultureInfo.InvariantCulture, $"{bytesPerSecond / 1e9:0.0} GB/s");

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms");

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");
}
