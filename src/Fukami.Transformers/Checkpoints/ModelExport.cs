using System.Text;
using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>Writes a model as a folder of a family: config.json and generation_config.json, the tokenizer's files, the weights.</summary>
/// <param name="family">The family; null for our own.</param>
/// <param name="model">The model.</param>
/// <param name="ids">The model's special tokens.</param>
internal sealed class ModelExport(ModelFamily? family, Transformer model, SpecialTokenIds ids)
{
    private static readonly Dictionary<string, string> Metadata = new(StringComparer.Ordinal) { ["format"] = "pt" };

    private readonly List<(string Name, Action<Stream> Content)> files = [];

    /// <summary>The family of a name.</summary>
    /// <returns>The family; null for our own.</returns>
    /// <exception cref="SettingsException">There is no such family.</exception>
    public static ModelFamily? Find(string name) => string.Equals(name, ModelFamilies.Own, StringComparison.Ordinal)
        ? null
        : ModelFamilies.All.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.Ordinal))
            ?? throw new SettingsException($"There is no family {name}; there are {string.Join(", ", ModelFamilies.Names)}.");

    /// <summary>Adds a tokenizer in the form of <c>tokenizer.json</c>.</summary>
    public void AddTokenizer(ITokenizer tokenizer)
    {
        files.Add((ModelFolder.TokenizerName, stream => TokenizerJson.Write(stream, tokenizer)));
        AddTokenizerConfig();
    }

    /// <summary>Adds the tokenizer's files of a folder as they are, and its settings for writing.</summary>
    /// <param name="directory">The folder.</param>
    public void AddFilesOf(string directory)
    {
        string[] names = [.. TokenizerFiles.Names.Where(name => File.Exists(Path.Combine(directory, name)))];
        foreach (string name in names)
        {
            AddCopy(directory, name);
        }

        if (names is [ModelFolder.TokenizerName])
        {
            AddTokenizerConfig();
        }

        // a file that leaves the end to config.json is no help to our own family, which has it nowhere else
        if (SpecialTokenIds.ReadGeneration(directory) is { } generation && (family is not null || generation.End.Count > 0))
        {
            AddCopy(directory, SpecialTokenIds.GenerationName);
        }
    }

    /// <summary>Writes the folder.</summary>
    /// <param name="directory">The folder; made if there is none.</param>
    /// <returns>The names of the files.</returns>
    /// <exception cref="SettingsException">The family has no words for one of the model's settings.</exception>
    /// <exception cref="CheckpointException">The folder holds a model, or cannot be written, or the disk is full.</exception>
    public IReadOnlyList<string> Write(string directory)
    {
        string config = family is null ? model.Settings.ToJson() + "\n" : FamilyConfig.Write(family, model.Settings, ids);
        if (family is null && !ids.IsEmpty && !files.Exists(file => file.Name is SpecialTokenIds.GenerationName))
        {
            AddText(SpecialTokenIds.GenerationName, Json(json => ids.Write(json, SpecialTokenIds.None)));
        }

        AddText(ModelFolder.ConfigName, config);
        files.Add((ModelFolder.WeightsName, WriteWeights));
        try
        {
            RefuseUsed(directory);
            NewFiles.Write(directory, files);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new CheckpointException($"The model cannot be saved in {directory}: {e.Message}", e);
        }

        return [.. files.Select(file => file.Name)];
    }

    // a file that stays of another model would be read as one of this
    private static void RefuseUsed(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return;
        }

        string? used = Directory.EnumerateFiles(directory).Select(path => Path.GetFileName(path)).Where(IsOfAModel).Order(StringComparer.Ordinal).FirstOrDefault();
        if (used is not null)
        {
            throw new CheckpointException($"{directory} already holds a file of a model, {Excerpt.Of(used)}; nothing was written. Give a new folder, or empty this one first.");
        }
    }

    private static bool IsOfAModel(string name) => name is ModelFolder.ConfigName or SpecialTokenIds.GenerationName
        || TokenizerFiles.Names.Contains(name, StringComparer.Ordinal)
        || (name[0] != '.' && (name.EndsWith(".safetensors", StringComparison.Ordinal) || name.EndsWith(".safetensors.index.json", StringComparison.Ordinal) || name.StartsWith("pytorch_model", StringComparison.Ordinal)));

    private static string Json(Action<Utf8JsonWriter> properties)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private void WriteWeights(Stream stream)
    {
        if (family is null)
        {
            SafetensorsWriter.Write(stream, [.. model.Parameters, .. model.Statistics], Metadata);
        }
        else
        {
            SafetensorsWriter.Write(stream, new FamilyWeights(family, model.Settings).Written(model.Parameters), Metadata);
        }
    }

    // without it, Hugging Face's library takes the family's own class, which need not read this tokenizer
    private void AddTokenizerConfig()
    {
        if (family is not null)
        {
            AddText(TokenizerConfig.FileName, Json(json =>
            {
                json.WriteString("tokenizer_class"u8, "PreTrainedTokenizerFast"u8);
                json.WriteBoolean("clean_up_tokenization_spaces"u8, false);
                json.WriteNumber("model_max_length"u8, model.Settings.Length);
            }));
        }
    }

    private void AddText(string name, string text) => files.Add((name, stream => stream.Write(Encoding.UTF8.GetBytes(text))));

    private void AddCopy(string directory, string name)
    {
        string path = Path.Combine(directory, name);
        files.Add((name, stream => Copy(path, stream)));
    }

    private static void Copy(string path, Stream destination)
    {
        using FileStream source = File.OpenRead(path);
        source.CopyTo(destination);
    }
}
