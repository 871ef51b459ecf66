using System.CommandLine;
using Fukami.Lab;
using Fukami.Transformers;

namespace Fukami.Cli;

/// <summary><c>fukami export</c>: a model folder is written as one of another family, so that other tools open it.</summary>
internal sealed class ExportCommand : DocumentedCommand
{
    private readonly Option<string> model = new Option<string>("--model") { HelpName = "DIR" }.With("The model folder to read.", "読み込むモデルフォルダ。");
    private readonly Option<string> family = new Option<string>("--family") { HelpName = "NAME" }.With("The family to write.", "書き出すモデルの系列。");
    private readonly Option<string> output = new Option<string>("--out") { HelpName = "DIR" }.With("The folder to write; made if there is none.", "書き出すフォルダ。なければ作ります。");
    private readonly Terminal terminal;

    /// <summary>The command.</summary>
    public ExportCommand(Terminal terminal)
        : base(
            "export",
            new LocalizedText("Write a model in the names of another family, for other tools to open.", "モデルをほかの系列の名前で書き出し、ほかのツールで開けるようにします。"),
            [
                new Example("fukami export --model my-model --family gpt2 --out my-model-gpt2", new LocalizedText("A pre-norm decoder for Hugging Face's GPT-2 classes.", "pre-norm のデコーダーを Hugging Face の GPT-2 クラス用に書き出します。")),
                new Example("fukami export --model ~/models/llama --family fukami --out llama-own", new LocalizedText("A Llama folder in our own names, to train it further here.", "Llama のフォルダを独自の名前で書き出し、ここで学習を続けられるようにします。")),
            ])
    {
        this.terminal = terminal;
        family.AcceptOnlyFromAmong([.. ModelFamilies.Names]);
        Add(model);
        Add(family);
        Add(output);
        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        string from = parsed.GetValue(model) ?? throw Missing("--model DIR");
        string name = parsed.GetValue(family) ?? throw Missing($"--family {string.Join('|', ModelFamilies.Names)}");
        string to = parsed.GetValue(output) ?? throw Missing("--out DIR");
        if (string.Equals(Path.GetFullPath(from), Path.GetFullPath(to), StringComparison.Ordinal))
        {
            throw new UsageException(new LocalizedText(
                "--out is the folder of the model itself; give another one, so that the original stays.",
                "--out が元のモデルのフォルダと同じです。元のモデルを残すため、別のフォルダを指定してください。"));
        }

        ModelFolder folder = ModelArgument.Open(terminal, from);
        IReadOnlyList<string> files = folder.Export(to, name);
        terminal.Out.WriteLine(terminal.Say(
            $"{to}: a {name} model of {folder.Model.ParameterCount:N0} parameters ({string.Join(", ", files)}).",
            $"{to} に {name} のモデル（パラメータ {folder.Model.ParameterCount:N0} 個）を書き出しました（{string.Join("、", files)}）。"));
        if (folder.Tokenizer is null)
        {
            terminal.Error.WriteLine(NoTokenizer(from, files));
        }

        return ExitCode.Success;
    }

    private string NoTokenizer(string from, IReadOnlyList<string> files) => files.Any(file => file.StartsWith("tokenizer", StringComparison.Ordinal) || file.StartsWith("vocab", StringComparison.Ordinal))
        ? terminal.Say(
            "The tokenizer's files were copied as they are, though Fukami itself cannot use them.",
            "トークナイザーのファイルはそのままコピーしましたが、Fukami 自身はこのトークナイザーを使えません。")
        : terminal.Say(
            $"No tokenizer was written, since {from} has none; the new folder takes token ids.",
            $"{from} にトークナイザーがないため、書き出していません。新しいフォルダのモデルにはトークン番号で入力します。");

    private static UsageException Missing(string option) => new(new LocalizedText(
        $"fukami export needs {option}; see fukami export --help.",
        $"fukami export には {option} が必要です。fukami export --help を見てください。"));
}
