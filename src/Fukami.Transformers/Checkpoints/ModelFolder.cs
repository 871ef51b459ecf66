namespace Fukami.Transformers;

/// <summary>
/// A model on disk, as Hugging Face's users know it: <c>config.json</c> (the settings), <c>model.safetensors</c> (parameters and
/// running statistics) and <c>tokenizer.json</c>. Each file is written whole or not at all; <c>model.safetensors</c> comes last, so a
/// folder that has it is complete. To replace a model by one with other settings, save it to a new folder: the three files are
/// replaced one after the other.
/// </summary>
public sealed class ModelFolder
{
    internal const string ConfigName = "config.json";
    internal const string WeightsName = "model.safetensors";
    internal const string TokenizerName = "tokenizer.json";

    private const int MaximumConfigBytes = 1 << 20;

    private ModelFolder(Transformer model, ITokenizer? tokenizer, IReadOnlyDictionary<string, string> metadata) =>
        (Model, Tokenizer, Metadata) = (model, tokenizer, metadata);

    /// <summary>The model.</summary>
    public Transformer Model { get; }

    /// <summary>The tokenizer; none for a model of a task.</summary>
    public ITokenizer? Tokenizer { get; }

    /// <summary>The free strings of <c>model.safetensors</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Writes a model; the folder is made if there is none.</summary>
    /// <exception cref="CheckpointException">The folder cannot be written, or the disk is full.</exception>
    public static void Save(string directory, Transformer model, ITokenizer? tokenizer)
    {
        try
        {
            SaveDescription(directory, model, tokenizer);
            SaveWeights(directory, model, trainingStep: null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new CheckpointException($"The model cannot be saved in {directory}: {e.Message}", e);
        }
    }

    /// <summary>Reads a model. What the files claim is compared before memory is taken for it.</summary>
    /// <exception cref="CheckpointException">A file is missing or damaged, or the files contradict one another.</exception>
    public static ModelFolder Open(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new CheckpointException($"There is no folder {directory}.");
        }

        TransformerSettings settings = ReadSettings(Path.Combine(directory, ConfigName));
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(directory, WeightsName));
        WeightsReader.CheckSize(file, settings);
        Transformer model = Transformer.Blank(settings);
        WeightsReader.Read(file, WeightsName, [.. model.Parameters, .. model.Statistics]);
        ITokenizer? tokenizer = ReadTokenizer(directory);
        if (tokenizer is not null && tokenizer.Vocabulary > settings.Vocabulary)
        {
            throw new CheckpointException($"The tokenizer in {directory} has {tokenizer.Vocabulary} tokens, and the model's vocabulary is {settings.Vocabulary}; they do not belong together.");
        }

        return new ModelFolder(model, tokenizer, file.Metadata);
    }

    /// <summary>Writes config.json and tokenizer.json.</summary>
    internal static void SaveDescription(string directory, Transformer model, ITokenizer? tokenizer)
    {
        Directory.CreateDirectory(directory);
        AtomicFile.WriteText(Path.Combine(directory, ConfigName), model.Settings.ToJson() + "\n");
        string tokenizerPath = Path.Combine(directory, TokenizerName);
        if (tokenizer is not null)
        {
            TokenizerJson.Write(tokenizerPath, tokenizer);
        }
        else
        {
            File.Delete(tokenizerPath);
        }
    }

    /// <summary>Writes model.safetensors, with the step of the training that it belongs to.</summary>
    internal static void SaveWeights(string directory, Transformer model, long? trainingStep)
    {
        // without "format", Hugging Face's own loaders refuse the file
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = "pt" };
        if (trainingStep is { } step)
        {
            metadata[TrainingFolder.StepKey] = FormattableString.Invariant($"{step}");
        }

        SafetensorsWriter.Write(Path.Combine(directory, WeightsName), [.. model.Parameters, .. model.Statistics], metadata);
    }

    private static TransformerSettings ReadSettings(string path)
    {
        string json = JsonFile.ReadText(path, MaximumConfigBytes);
        try
        {
            return JsonFile.Guard(path, () => TransformerSettings.FromJson(json));
        }
        catch (SettingsException e)
        {
            throw new CheckpointException($"{ConfigName}: {e.Message}", e);
        }
    }

    private static ITokenizer? ReadTokenizer(string directory)
    {
        string tokenizer = Path.Combine(directory, TokenizerName);
        string vocabulary = Path.Combine(directory, "vocab.json");
        return File.Exists(tokenizer) ? TokenizerJson.Read(tokenizer)
            : File.Exists(vocabulary) ? TokenizerJson.Read(vocabulary, Path.Combine(directory, "merges.txt"))
            : null;
    }
}
