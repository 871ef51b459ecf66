using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>The trained models that ship with the program, in the folder <c>models</c> beside it; models/README.md there says how each was trained.</summary>
public static class ShippedModels
{
    /// <summary>A pre-norm decoder that tells the little stories of <see cref="SmallWorldSource"/> in English and Japanese.</summary>
    public static string Decoder => "small-world-decoder";

    /// <summary>A post-norm encoder that fills gaps in them.</summary>
    public static string Encoder => "small-world-encoder";

    /// <summary>The folder of a model.</summary>
    /// <param name="name">For example <see cref="Decoder"/>.</param>
    public static string Folder(string name) => Path.Combine(AppContext.BaseDirectory, "models", name);

    /// <summary>Opens a model.</summary>
    /// <param name="name">For example <see cref="Decoder"/>.</param>
    /// <exception cref="SettingException">It is not there.</exception>
    /// <exception cref="CheckpointException">It is damaged.</exception>
    public static ModelFolder Open(string name) => Directory.Exists(Folder(name))
        ? ModelFolder.Open(Folder(name))
        : throw new SettingException(new LocalizedText(
            $"The trained model {name} is missing: it belongs in {Folder(name)}. Give another one, or install Fukami anew.",
            $"学習済みモデル {name} が {Folder(name)} にありません。別のモデルを指定するか、Fukami を入れ直してください。"));
}
