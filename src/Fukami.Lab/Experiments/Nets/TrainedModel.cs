using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>A trained decoder or encoder, and texts in its own tokens.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Folder">Model and tokenizer.</param>
internal sealed record TrainedModel(string Name, ModelFolder Folder)
{
    /// <summary>The net's settings.</summary>
    public TransformerSettings Net => Folder.Model.Settings;

    /// <summary>Opens a folder that a person named.</summary>
    /// <exception cref="CheckpointException">It is no model folder.</exception>
    /// <exception cref="SettingException">The model has two stacks of layers.</exception>
    public static TrainedModel Open(string directory)
    {
        ModelFolder folder = ModelFolder.Open(directory);
        return folder.Model.Settings.Kind is "encoder-decoder"
            ? throw new SettingException(new LocalizedText(
                $"The model in {directory} is an encoder-decoder; give a decoder or an encoder, which has one stack of layers.",
                $"{directory} のモデルは encoder-decoder です。層の積み重ねが一つの decoder か encoder を指定してください。"))
            : new TrainedModel(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory))), folder);
    }

    /// <summary>One that ships.</summary>
    public static TrainedModel Shipped(string name)
    {
        ModelFolder folder = ShippedModels.Open(name);
        return new TrainedModel($"trained {folder.Model.Settings.Kind}", folder);
    }

    /// <summary>A prompt as a batch of one sentence.</summary>
    /// <exception cref="SettingException">The model has no tokenizer, or the prompt has no token or too many.</exception>
    /// <exception cref="TokenizerException">The prompt has a word that the model does not know.</exception>
    public TokenBatch Read(string prompt)
    {
        if (Folder.Tokenizer is not { } tokenizer)
        {
            throw new SettingException(new LocalizedText(
                $"The model {Name} has no tokenizer, so it cannot read a prompt; prompt= measures it on random tokens.",
                $"モデル {Name} にはトークナイザーがないため、文を読ませることができません。prompt= とすると、ランダムなトークンで測ります。"));
        }

        int[] ids = tokenizer.Encode(prompt);
        if (ids.Length < 1 || ids.Length > Net.Length)
        {
            throw new SettingException(new LocalizedText(
                $"The prompt has {ids.Length} tokens; the model {Name} reads from 1 to {Net.Length}.",
                $"プロンプトは {ids.Length} トークンです。モデル {Name} が読めるのは 1 から {Net.Length} トークンまでです。"));
        }

        var batch = new TokenBatch(1, ids.Length);
        ids.CopyTo(batch.Ids, 0);
        return batch;
    }

    /// <summary>A token as a person reads it: its text without spaces around, or its number.</summary>
    public string Show(int id) => Folder.Tokenizer is { } tokenizer && id < tokenizer.Vocabulary
        ? tokenizer.Decode([id]) switch
        {
            "\n" => "⏎",
            var text when text.Trim().Length > 0 => text.Trim(),
            var text => text,
        }
        : FormattableString.Invariant($"{id}");
}
