using System.CommandLine;
using System.Globalization;
using Fukami.Lab;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Cli;

/// <summary><c>fukami trace</c>: what happens inside a model while it reads a prompt.</summary>
internal sealed class TraceCommand : DocumentedCommand
{
    private readonly Option<string> model = Text("--model", "DIR", "The model folder, or a model that ships: small-world-decoder (unless given) or small-world-encoder.", "モデルフォルダ、または付属のモデル small-world-decoder（既定）か small-world-encoder。");
    private readonly Option<string> prompt = Text("--prompt", "TEXT", "What it reads; for an encoder with [MASK] where a token is hidden.", "読ませる文。エンコーダーでは、隠すトークンを [MASK] と書きます。");
    private readonly Option<string> tokens = Text("--tokens", "1,2,3", "Token ids instead of a text.", "文の代わりにトークン番号を指定します。");
    private readonly Option<bool> bare = new Option<bool>("--no-special-tokens").With("Do not put the tokens around the prompt that the model's family puts there, such as [CLS], [SEP] and <s>.", "モデルの系列が文の前後に置く [CLS]、[SEP]、<s> などのトークンを加えません。");
    private readonly Option<string[]> point = Texts("--point", "NAME", "Keep only these points; * stands for anything.", "この点だけを残します。* は任意の文字列に一致します。");
    private readonly Option<string> gradient = Text("--gradient-of", "TOKEN|loss", "Gradients at every point, of this token's logit or of the loss.", "このトークンのロジット、または loss（損失）の勾配を各点で求めます。");
    private readonly Option<string[]> ablate = Texts("--ablate", "POINT", "Replace a point: POINT[#HEAD][=zero|mean|resample][@POSITIONS]. Mean and resample take --from, or the prompt itself.", "点の値を置き換えます: POINT[#ヘッド][=zero|mean|resample][@位置]。mean と resample は --from の文（なければ元の文）から取ります。");
    private readonly Option<string[]> patch = Texts("--patch", "POINT", "Put the values of --from in: POINT[#HEAD][@POSITIONS].", "--from の文での値を入れます: POINT[#ヘッド][@位置]。");
    private readonly Option<string> sweep = Text("--sweep-patch", "POINT", "Patch a point, such as resid_pre, at every layer and position in turn.", "resid_pre などの点を、すべての層と位置で一つずつパッチします。");
    private readonly Option<string> from = Text("--from", "PROMPT", "The other prompt; token ids with --tokens.", "もう一つの文。--tokens のときはトークン番号。");
    private readonly Option<string> answer = Text("--answer", "TOKEN", "The token that a sweep measures; the prompt's likeliest unless given.", "スイープで測るトークン。指定しなければ元の文で最も確率の高いトークン。");
    private readonly Option<string> against = Text("--against", "TOKEN", "Take its logit from that of --answer, --attribution or --gradient-of.", "--answer、--attribution、--gradient-of のロジットからこのトークンのロジットを引きます。");
    private readonly Option<bool> lens = new Option<bool>("--lens").With("The logit lens: what each layer would say at each position.", "ロジットレンズ: 各層・各位置の時点での予測。");
    private readonly Option<bool> fix = new Option<bool>("--fix-scale").With("The lens keeps the last stream's normalization scale.", "レンズの正規化に最終層のスケールを使います。");
    private readonly Option<string> attribution = Text("--attribution", "TOKEN", "The token's logit as a sum of what each part wrote.", "トークンのロジットを、各部分が書き込んだ量の和に分けます。");
    private readonly Option<string> heads = Text("--heads", "LAYER", "What each head of a layer adds to the stream; with --attribution, to the logit.", "その層の各ヘッドが残差ストリームに加える量。--attribution とともに使うとロジットもヘッドごとに分けます。");
    private readonly Option<bool> fold = new Option<bool>("--fold").With("Fold the normalizations' weights into the linear maps behind them first.", "先に、正規化の重みを後ろの線形写像に畳み込みます。");
    private readonly Option<string> json = Text("--json", "FILE|-", "Write all of it as JSON; - is standard output.", "すべてを JSON で書き出します。- は標準出力。");
    private readonly Option<string> csv = Text("--csv", "FILE|-", "Write the points as CSV; - is standard output.", "各点の数値を CSV で書き出します。- は標準出力。");
    private readonly Option<string> plot = Text("--plot", "FILE", "Draw heat maps, .svg or .png: of the options, or of stream and attention.", "ヒートマップを .svg か .png に描きます。オプションの結果、なければ残差ストリームと注意。");
    private readonly Terminal terminal;
    private readonly CancellationToken stop;

    /// <summary>The command.</summary>
    public TraceCommand(Terminal terminal, CancellationToken stop)
        : base(
            "trace",
            new LocalizedText("Look inside a model while it reads a prompt.", "モデルが文を読むときの内部を見ます。"),
            [
                new Example("fukami trace", new LocalizedText("The small model that ships, and a sentence that it knows.", "付属の小さなモデルに、知っている文を読ませます。")),
                new Example("fukami trace --model gpt2 --prompt \"The cat sat on the\" --lens", new LocalizedText("What each layer would say.", "各層の時点での予測を見ます。")),
                new Example("fukami trace --point 'blocks.*.resid_post' --gradient-of loss", new LocalizedText("The stream and its gradient, layer by layer.", "残差ストリームとその勾配を層ごとに見ます。")),
                new Example("fukami trace --ablate blocks.1.attn.z#2 --attribution Anna", new LocalizedText("Without one head: what changes, and who still says Anna?", "ヘッドを一つ消すと何が変わり、それでも Anna と言うのは誰か。")),
                new Example("fukami trace --sweep-patch resid_pre --from \"Mia gave Ken a cake. Ken thanked\" --plot patch.svg", new LocalizedText("Where the name is on its way.", "名前の情報がどこを通るかを描きます。")),
            ])
    {
        (this.terminal, this.stop) = (terminal, stop);
        foreach (Option option in (Option[])[model, prompt, tokens, bare, point, gradient, lens, fix, attribution, heads, ablate, patch, sweep, from, answer, against, fold, json, csv, plot])
        {
            Add(option);
        }

        SetAction(Run);
    }

    private static Option<string> Text(string name, string value, string english, string japanese) =>
        new Option<string>(name) { HelpName = value }.With(english, japanese);

    private static Option<string[]> Texts(string name, string value, string english, string japanese) =>
        new Option<string[]>(name) { HelpName = value }.With(english, japanese);

    private int Run(ParseResult parsed)
    {
        CheckTogether(parsed);
        var outputs = new ReportOutputs(terminal) { Json = parsed.GetValue(json), Csv = parsed.GetValue(csv), Plot = parsed.GetValue(plot) };
        outputs.Check();
        string name = parsed.GetValue(model) ?? ShippedModels.Decoder;
        ModelFolder folder = ModelArgument.Open(terminal, name);
        TraceRequest request = Request(parsed, folder, name);
        TraceReport report;
        using (var progress = new ProgressLine(terminal))
        {
            report = Trace.Run(request, new SweepProgress(progress, terminal), stop);
        }

        if (!outputs.TakesOut)
        {
            new TraceScreen(terminal).Write(report, all: request.Points is not null);
        }

        outputs.Write(report);
        return stop.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Success;
    }

    private TraceRequest Request(ParseResult parsed, ModelFolder folder, string name)
    {
        TracePrompt read = Prompt(folder, parsed, parsed.GetValue(tokens) ?? parsed.GetValue(prompt) ?? DefaultPrompt(folder, name));
        TracePrompt? other = parsed.GetValue(from) is { } text ? Prompt(folder, parsed, text) : null;
        (Transformer ran, FoldFigures? folded) = parsed.GetValue(fold) ? Trace.Fold(folder.Model, read) : (folder.Model, null);
        return new TraceRequest
        {
            Folder = folder,
            Model = ran,
            Name = name,
            Prompt = read,
            Points = parsed.GetValue(point) is { Length: > 0 } patterns ? [.. patterns.SelectMany(pattern => PointPattern.Find(ran, pattern)).Distinct(StringComparer.Ordinal)] : null,
            Interventions = Interventions(parsed, ran, read, other),
            Gradient = Gradient(parsed, folder, read),
            Lens = parsed.GetValue(lens) ? parsed.GetValue(fix) ? LensScale.Final : LensScale.Own : null,
            Attribution = parsed.GetValue(attribution) is { } attributed ? Logit(parsed, folder, read, attributed) : null,
            Heads = parsed.GetValue(heads) is { } layer ? Layer(layer, ran) : null,
            Sweep = parsed.GetValue(sweep) is { } site ? Sweep(parsed, folder, ran, read, other!, site) : null,
            Fold = folded,
        };
    }

    private void CheckTogether(ParseResult parsed)
    {
        Together(parsed.GetValue(prompt) is null || parsed.GetValue(tokens) is null, "Only one of --prompt and --tokens can be given.", "--prompt と --tokens は同時に指定できません。");
        bool resampled = parsed.GetValue(ablate) is { } ablated && ablated.Any(text => text.Contains('=', StringComparison.Ordinal));
        bool patched = parsed.GetValue(patch) is { Length: > 0 };
        bool swept = parsed.GetValue(sweep) is not null;
        Together(!(patched || swept) || parsed.GetValue(from) is not null, "A patch needs the other prompt; give it with --from.", "パッチにはもう一つの文が必要です。--from で指定してください。");
        Together(parsed.GetValue(from) is null || patched || swept || resampled, "--from is the other prompt of --patch, --sweep-patch or --ablate POINT=mean; give one of them.", "--from は --patch、--sweep-patch、--ablate POINT=mean などで使うもう一つの文です。いずれかと一緒に指定してください。");
        Together(parsed.GetValue(answer) is null || swept, "--answer is the token of a sweep; give --sweep-patch too.", "--answer はスイープで測るトークンです。--sweep-patch と一緒に指定してください。");
        Together(!parsed.GetValue(fix) || parsed.GetValue(lens), "--fix-scale belongs to --lens; give that too.", "--fix-scale は --lens と一緒に指定してください。");
        Together(parsed.GetValue(against) is null || swept || parsed.GetValue(attribution) is not null || parsed.GetValue(gradient) is { } and not "loss", "--against needs a token to compare with: --attribution, --gradient-of or --sweep-patch.", "--against は --attribution、--gradient-of、--sweep-patch のトークンと比べるためのものです。いずれかと一緒に指定してください。");

        static void Together(bool fits, string english, string japanese)
        {
            if (!fits)
            {
                throw new UsageException(new LocalizedText(english, japanese));
            }
        }
    }

    private static string DefaultPrompt(ModelFolder folder, string name) => name switch
    {
        _ when name == ShippedModels.Decoder => "Anna gave Ken a cake. Ken thanked",
        _ when name == ShippedModels.Encoder => "Anna gave Ken a cake. Ken thanked [MASK].",
        _ when folder.Tokenizer is null => throw new UsageException(new LocalizedText(
            "fukami trace needs a prompt for this model, which has no tokenizer; give token ids, for example --tokens 1,2,3.",
            "このモデルにはトークナイザーがありません。--tokens 1,2,3 のようにトークン番号を指定してください。")),
        _ => throw new UsageException(new LocalizedText(
            "fukami trace needs a prompt for this model; give --prompt TEXT.",
            "このモデルに読ませる文を --prompt TEXT で指定してください。")),
    };

    private TracePrompt Prompt(ModelFolder folder, ParseResult parsed, string text)
    {
        if (parsed.GetValue(tokens) is null)
        {
            return TracePrompt.OfText(folder, ModelArgument.InKnownCase(terminal, folder, text), !parsed.GetValue(bare));
        }

        string[] parts = text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        return TracePrompt.Of(folder, [.. parts.Select(part => int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int id) ? id : throw new UsageException(new LocalizedText(
            $"“{part}” is no token id; give whole numbers from 0 to {folder.Model.Settings.Vocabulary - 1}, for example --tokens 1,2,3.",
            $"「{part}」はトークン番号ではありません。0 から {folder.Model.Settings.Vocabulary - 1} までの整数で指定してください（例: --tokens 1,2,3）。")))]);
    }

    private List<Intervention> Interventions(ParseResult parsed, Transformer ran, TracePrompt read, TracePrompt? other)
    {
        InterventionOption[] ablations = [.. (parsed.GetValue(ablate) ?? []).Select(text => InterventionOption.Parse(ran, text, read.Ids.Count))];
        InterventionOption[] patches = [.. (parsed.GetValue(patch) ?? []).Select(text => InterventionOption.Parse(ran, text, read.Ids.Count))];
        string[] needed = [.. ablations.Where(a => a.NeedsSource).Concat(patches).SelectMany(o => o.Points).Distinct(StringComparer.Ordinal)];
        PointCapture? source = needed.Length > 0 ? PointCapture.Run(new Tape(), ran, (other ?? read).Batch(), needed) : null;
        return [.. ablations.SelectMany(a => a.Ablations(source, other is null)), .. patches.SelectMany(p => p.Patches(source!))];
    }

    private (Metric Metric, string Name)? Gradient(ParseResult parsed, ModelFolder folder, TracePrompt read)
    {
        if (parsed.GetValue(gradient) is not { } of)
        {
            return null;
        }

        if (of is not "loss")
        {
            return Logit(parsed, folder, read, of);
        }

        return folder.Model is DecoderTransformer && read.Ids.Count > 1 ? (new LossMetric(), of) : throw new UsageException(new LocalizedText(
            "The loss needs a decoder and a prompt of at least two tokens: each is the right answer to those before it; give --gradient-of a token instead.",
            "損失を求めるには、デコーダーと 2 トークン以上の文が必要です（各トークンが直前までの正解になります）。--gradient-of にトークンを指定してください。"));
    }

    private (LogitMetric Metric, string Name) Logit(ParseResult parsed, ModelFolder folder, TracePrompt read, string token)
    {
        int id = TracePrompt.OneToken(folder, token);
        int? other = parsed.GetValue(against) is { } text ? TracePrompt.OneToken(folder, text) : null;
        return Logit(folder, read, id, other);
    }

    private static (LogitMetric Metric, string Name) Logit(ModelFolder folder, TracePrompt read, int token, int? other) => (
        new LogitMetric(token) { Against = other, Position = read.Focus },
        $"“{TracePrompt.TextOf(folder, token)}”{(other is { } subtracted ? $" − “{TracePrompt.TextOf(folder, subtracted)}”" : "")}");

    private (string Site, TracePrompt Source, LogitMetric Metric, string Name) Sweep(ParseResult parsed, ModelFolder folder, Transformer ran, TracePrompt read, TracePrompt other, string site)
    {
        if (read.Ids.Count != other.Ids.Count)
        {
            throw new UsageException(new LocalizedText(
                $"A sweep puts each position in the place of the same one: the prompt has {read.Ids.Count} tokens and --from {other.Ids.Count}; give two of the same length.",
                $"スイープでは同じ位置どうしを入れ替えます。元の文は {read.Ids.Count} トークン、--from は {other.Ids.Count} トークンです。同じ長さにしてください。"));
        }

        const string block = "blocks.*.";
        string part = site.StartsWith(block, StringComparison.Ordinal) ? site[block.Length..] : site;
        PointPattern.Find(ran, $"{block}{part}");
        int token = parsed.GetValue(answer) is { } given ? TracePrompt.OneToken(folder, given) : Trace.Likeliest(ran, read);
        int rival = parsed.GetValue(against) is { } named ? TracePrompt.OneToken(folder, named) : Trace.Likeliest(ran, other);
        (LogitMetric metric, string name) = Logit(folder, read, token, rival == token ? null : rival);
        return (part, other, metric, name);
    }

    private static int Layer(string text, Transformer ran) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int layer) && layer < ran.Settings.Depth ? layer : throw new UsageException(new LocalizedText(
            $"“{text}” is no layer of this model; give one from 0 to {ran.Settings.Depth - 1}.",
            $"「{text}」はこのモデルの層ではありません。0 から {ran.Settings.Depth - 1} までで指定してください。"));

    private sealed class SweepProgress(ProgressLine line, Terminal terminal) : IProgress<double>
    {
        public void Report(double value) => line.Show(value, terminal.Say("patching", "パッチしています"));
    }
}
