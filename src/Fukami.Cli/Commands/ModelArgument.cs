using Fukami.Lab;
using Fukami.Transformers;

namespace Fukami.Cli;

/// <summary>What <c>--model</c> takes: a folder, or the name of a model that ships; and the prompts that such a model reads.</summary>
internal static class ModelArgument
{
    /// <summary>Opens a model, and says on standard error what its folder should let a person know.</summary>
    /// <param name="terminal">Where the notes go.</param>
    /// <param name="name">A folder, or a name; a folder of that name comes first.</param>
    /// <exception cref="UsageException">There is neither.</exception>
    /// <exception cref="CheckpointException">The folder holds no sound model.</exception>
    public static ModelFolder Open(Terminal terminal, string name)
    {
        ModelFolder folder = Directory.Exists(name) ? ModelFolder.Open(name)
            : name == ShippedModels.Decoder || name == ShippedModels.Encoder ? ShippedModels.Open(name)
            : throw new UsageException(new LocalizedText(
                $"There is no model folder {name}; give a folder with config.json and model.safetensors, or {ShippedModels.Decoder} or {ShippedModels.Encoder}.",
                $"モデルフォルダ {name} がありません。config.json と model.safetensors のあるフォルダか、{ShippedModels.Decoder}、{ShippedModels.Encoder} を指定してください。"));
        foreach (string note in folder.Notes)
        {
            terminal.Error.WriteLine(note);
        }

        return folder;
    }

    /// <summary>A prompt as <see cref="ModelFolder.InKnownCase"/> has it, and one note if that is not what was typed.</summary>
    /// <param name="terminal">Where the note goes.</param>
    /// <param name="folder">The model.</param>
    /// <param name="prompt">The text as it was typed.</param>
    public static string InKnownCase(Terminal terminal, ModelFolder folder, string prompt)
    {
        string known = folder.InKnownCase(prompt);
        if (!string.Equals(known, prompt, StringComparison.Ordinal))
        {
            terminal.Error.WriteLine(terminal.Say(
                $"The model knows these words in other capitals, so it reads “{known}”.",
                $"モデルの語彙に合わせて大文字・小文字を直し、「{known}」として読みます。"));
        }

        return known;
    }
}
