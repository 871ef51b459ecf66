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

    internal const int MaximumConfigBytes = 1 << 20;

    private readonly string source;
    private readonly SpecialTokenIds tokenIds;

    private ModelFolder(string source, Transformer model, ITokenizer? tokenizer, SpecialTokenIds tokenIds)
    {
        (this.source, this.tokenIds, Model, Tokenizer) = (source, tokenIds, model, tokenizer);
        StopTokens = [.. tokenIds.End.Where(id => id >= 0 && id < model.Settings.Vocabulary)];
    }

    /// <summary>The model.</summary>
    public Transformer Model { get; }

    /// <summary>The tokenizer; none for a model of a task.</summary>
    public ITokenizer? Tokenizer { get; }

    /// <summary>The free strings of <c>model.safetensors</c>; none for a folder of another family.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; private init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The family of the folder; see <see cref="ModelFamilies"/>.</summary>
    public string Family { get; private init; } = ModelFamilies.Own;

    /// <summary>Tokens at which writing stops, as the folder's <c>eos_token_id</c> says.</summary>
    public IReadOnlyList<int> StopTokens { get; }

    /// <summary>What a person should know of the folder, as sentences: what was left out, what was cut.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>The ids of a text as the model is used to them: behind the tokens that its family begins with, and for an encoder in front of those that it ends with.</summary>
    /// <param name="text">The text.</param>
    /// <param name="specialTokens">Whether these tokens are added.</param>
    /// <exception cref="TokenizerException">The text holds something that no token stands for, or is not valid Unicode.</exception>
    /// <exception cref="InvalidOperationException">The model has no tokenizer.</exception>
    public int[] Encode(string text, bool specialTokens = true)
    {
        ITokenizer tokenizer = Tokenizer ?? throw new InvalidOperationException("The model has no tokenizer; give it token ids.");
        int[] ids = tokenizer.Encode(text);
        return specialTokens ? [.. tokenizer.BeginsWith, .. ids, .. Model is EncoderTransformer ? tokenizer.EndsWith : []] : ids;
    }

    /// <summary>A prompt in the capitals that a vocabulary of whole words has; for every other tokenizer as it is.</summary>
    /// <param name="prompt">The text as it was typed.</param>
    public string InKnownCase(string prompt) => Tokenizer is WordTokenizer words ? words.InKnownCase(prompt) : prompt;

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

        string config = Path.Combine(directory, ConfigName);
        string type = ModelType(config);
        ModelFolder folder = string.Equals(type, ModelFamilies.Own, StringComparison.Ordinal)
            ? OpenOwn(directory, config)
            : OpenOther(directory, config, ModelFamilies.Find(type) ?? throw new CheckpointException(
                $"{ConfigName} says that the model is of the family {Excerpt.Of(type)}, which is not known here; known are {string.Join(", ", ModelFamilies.Names)}."));
        TransformerSettings settings = folder.Model.Settings;
        if (folder.Tokenizer is { } tokenizer && tokenizer.Vocabulary > settings.Vocabulary)
        {
            throw new CheckpointException($"The tokenizer in {directory} has {tokenizer.Vocabulary} tokens, and the model's vocabulary is {settings.Vocabulary}; they do not belong together.");
        }

        return folder;
    }

    /// <summary>Writes a model as a folder of another family, so that other tools open it; the folder is made if there is none.</summary>
    /// <param name="directory">The folder; it must not hold a model.</param>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">Its tokenizer, or none.</param>
    /// <param name="family">The family's name; see <see cref="ModelFamilies.Names"/>.</param>
    /// <exception cref="SettingsException">There is no such family, or it has no words for one of the model's settings.</exception>
    /// <exception cref="TokenizerException">The tokenizer has no form as tokenizer.json; nothing was written.</exception>
    /// <exception cref="CheckpointException">The folder holds a model, or cannot be written, or the disk is full.</exception>
    public static void Export(string directory, Transformer model, ITokenizer? tokenizer, string family)
    {
        var export = new ModelExport(ModelExport.Find(family), model, SpecialTokenIds.None);
        if (tokenizer is not null)
        {
            export.AddTokenizer(tokenizer);
        }

        export.Write(directory);
    }

    /// <summary>Writes this model as a folder of another family, with the special tokens and the tokenizer's files of the folder that it was read from.</summary>
    /// <param name="directory">The folder; made if there is none. It must not hold a model.</param>
    /// <param name="family">The family's name; see <see cref="ModelFamilies.Names"/>.</param>
    /// <returns>The names of the files that were written.</returns>
    /// <exception cref="SettingsException">There is no such family, or it has no words for one of the model's settings.</exception>
    /// <exception cref="CheckpointException">The folder holds a model, or cannot be written, or the disk is full.</exception>
    public IReadOnlyList<string> Export(string directory, string family)
    {
        var export = new ModelExport(ModelExport.Find(family), Model, tokenIds);
        export.AddFilesOf(source);
        return export.Write(directory);
    }

    /// <summary>Writes config.json and tokenizer.json.</summary>
    internal static void SaveDescription(string directory, Transformer model, ITokenizer? tokenizer)
    {
        Directory.CreateDirectory(directory);
        AtomicFile.WriteText(Path.Combine(directory, ConfigName), model.Settings.ToJson() + "\n");
        SaveTokenizer(directory, tokenizer);
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

    private static ModelFolder OpenOwn(string directory, string config)
    {
        TransformerSettings settings = ReadSettings(config);
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(directory, WeightsName));
        WeightsReader.CheckSize(file.Entries, settings);
        Transformer model = Transformer.Blank(settings);
        WeightsReader.Read(file, WeightsName, [.. model.Parameters, .. model.Statistics]);
        return new ModelFolder(directory, model, TokenizerFiles.Open(directory), SpecialTokenIds.ReadGeneration(directory) ?? SpecialTokenIds.None) { Metadata = file.Metadata };
    }

    private static ModelFolder OpenOther(string directory, string config, ModelFamily family)
    {
        var notes = new List<string>();
        using WeightFiles files = WeightFiles.Open(directory);
        (TransformerSettings settings, SpecialTokenIds tokens) = FamilyConfig.Read(config, family, name => FamilyWeights.NameIn(files, family, name) is not null, notes);
        WeightsReader.CheckSize(files.Entries, settings, allowance: 4);
        Transformer model = Transformer.Blank(settings);
        new FamilyWeights(family, settings).Read(files, model.Parameters, notes);
        tokens = SpecialTokenIds.ReadGeneration(directory) is { End.Count: > 0 } generation ? tokens with { End = generation.End } : tokens;
        return new ModelFolder(directory, model, ReadTokenizer(directory, notes), tokens) { Family = family.Name, Notes = notes };
    }

    // a model whose tokenizer cannot be read still takes token ids
    private static ITokenizer? ReadTokenizer(string directory, List<string> notes)
    {
        try
        {
            return TokenizerFiles.Open(directory);
        }
        catch (Exception e) when (e is CheckpointException or TokenizerException)
        {
            notes.Add($"The tokenizer cannot be used, so the model takes token ids only: {e.Message}");
            return null;
        }
    }

    // a config.json of our own may leave the type out
    private static string ModelType(string path)
    {
        using var config = JsonFile.Read(path, MaximumConfigBytes);
        return JsonFile.Guard(path, () => new JsonNodeReader(ConfigName, config.RootElement).Find("model_type")?.Text() ?? ModelFamilies.Own);
    }

    private static void SaveTokenizer(string directory, ITokenizer? tokenizer)
    {
        string path = Path.Combine(directory, TokenizerName);
        if (tokenizer is not null)
        {
            TokenizerJson.Write(path, tokenizer);
        }
        else
        {
            File.Delete(path);
        }
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
}
