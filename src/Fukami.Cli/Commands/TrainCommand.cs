using System.CommandLine;
using System.Globalization;
using Fukami.Lab;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Cli;

/// <summary><c>fukami train</c>: a model learns a text or a task, and can be stopped and resumed at any step.</summary>
internal sealed class TrainCommand : DocumentedCommand
{
    private const string Characters = "character";
    private const string BytePairs = "bpe";
    private static readonly TimeSpan FilePause = TimeSpan.FromSeconds(10);

    private readonly Option<string> text = new Option<string>("--text") { HelpName = "FILE" }.With(
        "A text in UTF-8 to learn: 90 % for training, 10 % held out.",
        "学習する UTF-8 のテキスト。90 % を学習に、10 % を検証に使います。");

    private readonly Option<string> task = new Option<string>("--task") { HelpName = "NAME" }.With(
        $"A task to learn instead: {string.Join(", ", TaskKinds.All.Select(t => t.Name))}.",
        $"テキストの代わりに学習する課題: {string.Join("、", TaskKinds.All.Select(t => t.Name))}。");

    private readonly Option<string> tokenizer = new Option<string>("--tokenizer") { HelpName = "character|bpe|FILE" }.With(
        "For --text: a token a character (the default), byte pairs learned from the text (as many tokens as the setting vocabulary says), or a tokenizer.json.",
        "--text 用: 1 文字 1 トークン（既定）、テキストから学ぶバイトペア（トークン数は設定 vocabulary）、または tokenizer.json。");

    private readonly Option<string> output = new Option<string>("--out") { HelpName = "DIR" }.With(
        "The folder for the model; for --resume, the one to go on with.",
        "モデルを置くフォルダ。--resume では、続きから学習するフォルダ。");

    private readonly Option<bool> resume = new Option<bool>("--resume").With(
        "Go on with the training in --out, to the same bits as if it had not stopped.",
        "--out の学習を続きから再開します。中断しなかった場合とビット単位で同じになります。");

    private readonly Option<string> steps = new Option<string>("--steps") { HelpName = "N" }.With(
        "Steps in all; the same as --set steps=N.",
        "全体のステップ数。--set steps=N と同じです。");

    private readonly Option<string[]> set = new Option<string[]>("--set") { HelpName = "NAME=VALUE", Arity = ArgumentArity.OneOrMore }.With(
        "Change a setting of the model or of the training; may be repeated.",
        "モデルまたは学習の設定を変えます。繰り返し指定できます。");

    private readonly Terminal terminal;

    /// <summary>The command.</summary>
    public TrainCommand(Terminal terminal, CancellationToken stop)
        : base(
            "train",
            new LocalizedText(
                "Train a model on a text or a task. Ctrl-C stops after the current step and saves; --resume goes on.",
                "テキストまたは課題でモデルを学習します。Ctrl-C を押すと現在のステップの後で止まって保存し、--resume で再開できます。"),
            [
                new Example("fukami train --text shakespeare.txt --out my-model", new LocalizedText("nanoGPT's recipe for a small text: 4 layers, 2000 steps.", "小さなテキスト向けの nanoGPT のレシピ（4 層、2000 ステップ）。")),
                new Example("fukami train --task sort --out sorter --set residual=post --steps 500", new LocalizedText("A post-norm net learns to sort.", "post-norm のネットが並べ替えを学びます。")),
                new Example("fukami train --task small-world --set language=en --out stories", new LocalizedText("A decoder learns to tell little stories.", "デコーダーが短い英語の文章を学びます。")),
                new Example("fukami train --text shakespeare.txt --out my-model --resume --steps 4000", new LocalizedText("Go on to step 4000.", "4000 ステップまで続けます。")),
            ])
    {
        this.terminal = terminal;
        task.CompletionSources.Add(_ => TaskKinds.All.Select(t => new System.CommandLine.Completions.CompletionItem(t.Name)));
        tokenizer.CompletionSources.Add(_ => [new(Characters), new(BytePairs)]);
        set.CompletionSources.Add(_ => TransformerSettings.Table.Select(s => s.Name).Concat(TrainingSettings.Table.Select(s => s.Name)).Concat(TaskSettings.Table.Select(s => s.Name)).Select(n => new System.CommandLine.Completions.CompletionItem(n + "=")));
        foreach (Option option in (Option[])[text, task, output, resume, steps, tokenizer, set])
        {
            Add(option);
        }

        SetAction(parsed => Run(parsed, stop));
    }

    /// <inheritdoc/>
    public override IEnumerable<HelpSection> MoreHelp =>
    [
        new(new LocalizedText("Settings of the model (--set NAME=VALUE)", "モデルの設定（--set NAME=VALUE）"), Rows(TransformerSettings.Table, new TransformerSettings())),
        new(new LocalizedText("Settings of the task (--set NAME=VALUE)", "課題の設定（--set NAME=VALUE）"), Rows(TaskSettings.Table, new TaskSettings())),
        new(new LocalizedText("Settings of the training (--set NAME=VALUE)", "学習の設定（--set NAME=VALUE）"), Rows(TrainingSettings.Table, new TrainingSettings())),
    ];

    private static List<(string, LocalizedText)> Rows<T>(SettingsTable<T> table, T defaults) =>
        [.. table.Select(s => ($"{s.Name}={s.Show(defaults)}", new LocalizedText($"{s.Explanation.English} ({s.Allowed})", $"{s.Explanation.Japanese}（{s.Allowed}）")))];

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        string directory = parsed.GetValue(output) ?? throw new UsageException(new LocalizedText(
            "fukami train needs --out DIR, the folder for the model; see fukami train --help.",
            "fukami train にはモデルを置くフォルダ --out DIR が必要です。fukami train --help を見てください。"));
        if (parsed.GetValue(text) is null == parsed.GetValue(task) is null)
        {
            throw new UsageException(new LocalizedText(
                "fukami train learns either a text or a task; give --text FILE or --task NAME, and not both.",
                "fukami train が学習するのはテキストか課題のどちらか一方です。--text FILE か --task NAME の一方だけを指定してください。"));
        }

        TrainingChanges changes = TrainingChanges.Of(parsed.GetValue(set) ?? [], parsed.GetValue(steps));
        Trainer trainer = parsed.GetValue(resume) ? Resume(parsed, directory, changes) : Begin(parsed, directory, changes);
        return Train(trainer, directory, stop);
    }

    private Trainer Begin(ParseResult parsed, string directory, TrainingChanges changes)
    {
        TransformerSettings model = changes.Apply(new TransformerSettings());
        TrainingSettings training = changes.Apply(new TrainingSettings()).Validate();
        ITrainingSource source;
        ITokenizer? tokens = null;
        if (parsed.GetValue(text) is { } file)
        {
            _ = changes.OfTask(null, training.Seed);
            string contents = TextFile.Read(file);
            tokens = Tokenizer(parsed.GetValue(tokenizer) ?? Characters, contents, model);
            source = TextSource.Of(contents, tokens, model.Kind, model.Length);
        }
        else
        {
            TaskKind kind = FindTask(parsed.GetValue(task)!);
            model = changes.SetsVocabulary ? model : model with { Vocabulary = kind.Vocabulary };
            source = kind.Create(model, changes.OfTask(kind, training.Seed));
            tokens = source.Tokenizer;
        }

        model = changes.SetsVocabulary && tokens is null ? model : model with { Vocabulary = Math.Max(source.Vocabulary, changes.SetsVocabulary ? model.Vocabulary : 0) };
        TrainingFolder folder = TrainingFolder.Create(directory, tokens);
        return new Trainer(Transformer.Init(model, new RandomSource((ulong)training.Seed).Split("model")), source, training, folder);
    }

    private Trainer Resume(ParseResult parsed, string directory, TrainingChanges changes)
    {
        TrainingCheckpoint checkpoint = TrainingCheckpoint.Open(directory);
        TransformerSettings model = checkpoint.Model.Settings;

        // The same command with --resume goes on: settings that say what the model already is are no change.
        if (changes.Apply(model) with { Vocabulary = model.Vocabulary } != model)
        {
            throw new UsageException(new LocalizedText(
                $"A training that goes on keeps its model; take away --set {changes.ModelNames[0]}, or begin a new one in another folder.",
                $"再開する学習のモデルは変えられません。--set {changes.ModelNames[0]} を外すか、別のフォルダで新しく始めてください。"));
        }

        TaskKind? kind = parsed.GetValue(task) is { } name ? FindTask(name) : null;
        TaskSettings ofTask = changes.OfTask(kind, checkpoint.State.Settings.Seed);
        ITrainingSource source = kind is not null
            ? kind.Create(model, ofTask)
            : TextSource.Of(TextFile.Read(parsed.GetValue(text)!), checkpoint.Tokenizer ?? throw NoTokenizer(directory), model.Kind, model.Length);
        return Trainer.Resume(checkpoint, source, changes.Apply(checkpoint.State.Settings).Validate());
    }

    private int Train(Trainer trainer, string directory, CancellationToken stop)
    {
        Transformer model = trainer.Model;
        string size = string.Create(CultureInfo.InvariantCulture, $"{model.ParameterCount / 1e6:0.00} M");
        terminal.Error.WriteLine(terminal.Say(
            $"{model.Settings.Kind}, {model.Settings.Residual}, {model.Settings.Depth} layers of width {model.Settings.Width}: {size} parameters; step {trainer.Steps} of {trainer.Settings.Steps}",
            $"{model.Settings.Kind}、{model.Settings.Residual}、幅 {model.Settings.Width} の {model.Settings.Depth} 層: パラメーター {size}。{trainer.Settings.Steps} ステップ中 {trainer.Steps} ステップまで完了"));
        TrainingOutcome outcome;
        using (var line = new ProgressLine(terminal, FilePause))
        {
            outcome = trainer.Run(
                p =>
                {
                    line.Show(p.Last.Step / (double)p.Steps, Doing(p), p.TimeLeft);
                    if (p.ValidationLoss is { } loss)
                    {
                        line.Keep(terminal.Say(
                            string.Create(CultureInfo.InvariantCulture, $"step {p.Last.Step}: loss {p.Last.Loss:0.000}, held-out loss {loss:0.000}"),
                            string.Create(CultureInfo.InvariantCulture, $"ステップ {p.Last.Step}: 損失 {p.Last.Loss:0.000}、検証損失 {loss:0.000}")));
                    }
                },
                stop);
        }

        string time = ProgressLine.Duration(outcome.Elapsed);
        double? least = outcome.ValidationLoss is null ? null : trainer.Source.LeastLoss;
        string english = Loss(outcome.Loss, ", loss") + Loss(outcome.ValidationLoss, ", held-out loss") + Loss(least, ", best possible");
        string japanese = Loss(outcome.Loss, "、損失") + Loss(outcome.ValidationLoss, "、検証損失") + Loss(least, "、理論上の最小");
        terminal.Out.WriteLine(terminal.Say($"{directory}: {outcome.Steps} steps{english}, {time}", $"{directory}: {outcome.Steps} ステップ{japanese}、{time}"));
        if (!outcome.Cancelled)
        {
            return ExitCode.Success;
        }

        terminal.Error.WriteLine(terminal.Say(
            "fukami: Stopped and saved; the same command with --resume goes on.",
            "fukami: 中断して保存しました。同じコマンドに --resume を付けると再開できます。"));
        return ExitCode.Interrupted;
    }

    private static string Loss(double? loss, string name) =>
        loss is { } known && !double.IsNaN(known) ? string.Create(CultureInfo.InvariantCulture, $"{name} {known:0.000}") : "";

    private string Doing(TrainingProgress p) => terminal.Say(
        string.Create(CultureInfo.InvariantCulture, $"step {p.Last.Step}/{p.Steps}  loss {p.Last.Loss:0.000}  {p.TokensPerSecond:0} tokens/s"),
        string.Create(CultureInfo.InvariantCulture, $"ステップ {p.Last.Step}/{p.Steps}  損失 {p.Last.Loss:0.000}  {p.TokensPerSecond:0} トークン/s"));

    private static ITokenizer Tokenizer(string choice, string contents, TransformerSettings model) => choice switch
    {
        Characters => CharacterTokenizer.Train(contents),
        BytePairs => BytePairTokenizer.Train(TextSource.Divide(contents).Training, model.Vocabulary),
        _ => TokenizerJson.Read(choice),
    };

    private static TaskKind FindTask(string name) =>
        TaskKinds.All.FirstOrDefault(t => string.Equals(t.Name, name, StringComparison.Ordinal)) ?? throw new UsageException(new LocalizedText(
            $"There is no task “{name}”; there are {string.Join(", ", TaskKinds.All.Select(t => t.Name))}.",
            $"「{name}」という課題はありません。あるのは {string.Join("、", TaskKinds.All.Select(t => t.Name))} です。"));

    private static UsageException NoTokenizer(string directory) => new(new LocalizedText(
        $"The model in {directory} has no tokenizer, so it was not trained on a text; go on with --task.",
        $"{directory} のモデルにはトークナイザーがなく、テキストで学習したものではありません。--task で続けてください。"));
}
