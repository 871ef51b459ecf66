using System.CommandLine;
using System.Globalization;
using Fukami.Lab;
using Fukami.Transformers;

namespace Fukami.Cli;

/// <summary><c>fukami generate</c>: a trained model goes on with a text.</summary>
internal sealed class GenerateCommand : DocumentedCommand
{
    private readonly Option<string> model = new Option<string>("--model") { HelpName = "DIR" }.With(
        $"The model folder, or a model that ships: {ShippedModels.Decoder}.",
        $"モデルフォルダ、または付属のモデル {ShippedModels.Decoder}。");

    private readonly Option<string> prompt = new Option<string>("--prompt") { HelpName = "TEXT" }.With(
        "How the text begins. For a model without a tokenizer, its token ids with spaces between.",
        "文の始まり。トークナイザーのないモデルには、トークン番号を空白区切りで。");

    private readonly Option<bool> bare = new Option<bool>("--no-special-tokens").With(
        "Do not put the token in front of the prompt that the model's family puts there, such as <s>.",
        "モデルの系列が文の前に置く <s> などのトークンを加えません。");

    private readonly Option<string> tokens = Number("--tokens", "N", "Tokens to write at most; 256 unless given.", "書くトークン数の上限。指定しなければ 256。");
    private readonly Option<string> temperature = Number("--temperature", "T", "Below 1 bolder, above 1 more varied; 0 always takes the likeliest token.", "1 より小さいと堅実に、大きいと多様に。0 なら常に最も確率の高いトークン。");
    private readonly Option<string> topK = Number("--top-k", "K", "Draw only from the K likeliest tokens.", "確率の高い K 個だけから選びます。");
    private readonly Option<string> topP = Number("--top-p", "P", "Draw only from the likeliest tokens that together reach probability P.", "確率の合計が P に達するまでの上位だけから選びます。");
    private readonly Option<string> seed = Number("--seed", "N", "The same seed gives the same text; 1 unless given.", "同じシードなら同じ文になります。指定しなければ 1。");
    private readonly Terminal terminal;

    /// <summary>The command.</summary>
    public GenerateCommand(Terminal terminal, CancellationToken stop)
        : base(
            "generate",
            new LocalizedText("Let a trained model continue a text.", "学習済みモデルに文の続きを書かせます。"),
            [
                new Example($"fukami generate --model {ShippedModels.Decoder} --prompt \"Anna gave Ken a cake.\"", new LocalizedText("The small model that ships goes on with the story.", "付属の小さなモデルに物語の続きを書かせます。")),
                new Example("fukami generate --model my-model --prompt \"The cat\" --tokens 50", new LocalizedText("50 tokens after the prompt.", "続きを 50 トークン書きます。")),
                new Example("fukami generate --model my-model --prompt \"The cat\" --temperature 0", new LocalizedText("The likeliest token each time.", "毎回、最も確率の高いトークンを選びます。")),
            ])
    {
        this.terminal = terminal;
        foreach (Option option in (Option[])[model, prompt, bare, tokens, temperature, topK, topP, seed])
        {
            Add(option);
        }

        SetAction(parsed => Run(parsed, stop));
    }

    private static Option<string> Number(string name, string value, string english, string japanese) =>
        new Option<string>(name) { HelpName = value }.With(english, japanese);

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        string directory = parsed.GetValue(model) ?? throw Missing("--model DIR");
        string text = parsed.GetValue(prompt) ?? throw Missing("--prompt TEXT");
        GenerationSettings settings = Settings(parsed);
        ModelFolder folder = ModelArgument.Open(terminal, directory);
        settings = settings with { StopTokens = folder.StopTokens };
        text = ModelArgument.InKnownCase(terminal, folder, text);
        int[] ids = folder.Tokenizer is null ? Ids(text, folder.Model.Settings.Vocabulary) : folder.Encode(text, !parsed.GetValue(bare));
        if (ids.Length == 0)
        {
            throw new UsageException(new LocalizedText(
                "The prompt is empty; give at least one token, for example --prompt \"The\".",
                "プロンプトが空です。少なくとも 1 トークンを指定してください（例: --prompt \"The\"）。"));
        }

        folder.Model.PrepareForWriting();
        var generator = new Generator(folder.Model);
        IEnumerable<int> written = folder.Model is EncoderDecoderTransformer
            ? generator.Generate(ids, [folder.Tokenizer is null ? folder.Model.Settings.Vocabulary - 1 : ids[^1]], settings, stop)
            : generator.Generate(ids, settings, stop);
        return Write(folder, text, written);
    }

    private int Write(ModelFolder folder, string text, IEnumerable<int> written)
    {
        TextWriter output = terminal.Out;
        TextStream? stream = folder.Tokenizer is { } tokenizer ? new TextStream(tokenizer) : null;
        bool continues = folder.Model is not EncoderDecoderTransformer;
        output.Write(continues ? text : "");
        string gap = continues ? " " : "";
        try
        {
            foreach (int token in written)
            {
                output.Write(stream?.Append(token) ?? string.Create(CultureInfo.InvariantCulture, $"{gap}{token}"));
                output.Flush();
                gap = " ";
            }

            output.WriteLine(stream?.Finish());
            return ExitCode.Success;
        }
        catch (OperationCanceledException)
        {
            output.WriteLine(stream?.Finish());
            return ExitCode.Interrupted;
        }
    }

    private GenerationSettings Settings(ParseResult parsed)
    {
        var settings = new GenerationSettings();
        foreach ((Option<string> option, string name) in ((Option<string>, string)[])[(tokens, "tokens"), (temperature, "temperature"), (topK, "top_k"), (topP, "top_p")])
        {
            if (parsed.GetValue(option) is { } value)
            {
                settings = GenerationSettings.Table.With(settings, name, value);
            }
        }

        if (parsed.GetValue(seed) is { } given)
        {
            settings = settings with
            {
                Seed = ulong.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : throw new UsageException(new LocalizedText(
                    $"The option --seed does not take “{given}”; it takes a whole number from 0.",
                    $"オプション --seed に「{given}」は指定できません。0 以上の整数を指定してください。")),
            };
        }

        return settings;
    }

    private static int[] Ids(string text, int vocabulary)
    {
        string[] parts = text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        var ids = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out ids[i]) || ids[i] >= vocabulary)
            {
                throw new UsageException(new LocalizedText(
                    $"The model has no tokenizer, so its prompt is token ids from 0 to {vocabulary - 1} with spaces between; “{parts[i]}” is none.",
                    $"このモデルにはトークナイザーがないため、プロンプトは 0 から {vocabulary - 1} までのトークン番号を空白で区切って指定します。「{parts[i]}」は番号ではありません。"));
            }
        }

        return ids;
    }

    private static UsageException Missing(string option) => new(new LocalizedText(
        $"fukami generate needs {option}; see fukami generate --help.",
        $"fukami generate には {option} が必要です。fukami generate --help を見てください。"));
}
