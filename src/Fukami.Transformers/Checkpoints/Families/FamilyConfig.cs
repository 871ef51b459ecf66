using System.Text;
using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>Reads and writes the config.json of another family.</summary>
internal static class FamilyConfig
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    // what a family's file does not say and does not have to
    private static readonly string[] LeftOut = ["initialization", "initialization_deviation", "padding", "dropout"];

    /// <summary>Settings, and the special tokens.</summary>
    /// <exception cref="CheckpointException">The file says something that is not known or not allowed.</exception>
    public static (TransformerSettings Settings, SpecialTokenIds Tokens) Read(string path, ModelFamily family, Func<string, bool> has, ICollection<string> notes)
    {
        using var document = JsonFile.Read(path, ModelFolder.MaximumConfigBytes);
        var config = new JsonNodeReader(ModelFolder.ConfigName, document.RootElement);
        try
        {
            TransformerSettings settings = JsonFile.Guard(path, () => family.ReadConfig(config, has, notes)).Validate();
            return (settings, JsonFile.Guard(path, () => SpecialTokenIds.Read(config, family.DefaultTokens)));
        }
        catch (SettingsException e)
        {
            throw new CheckpointException($"{ModelFolder.ConfigName} describes a {family.Name} model that cannot be built: {e.Message}", e);
        }
    }

    /// <summary>The text of config.json.</summary>
    /// <exception cref="SettingsException">The family has no words for a setting.</exception>
    public static string Write(ModelFamily family, TransformerSettings settings, SpecialTokenIds tokens)
    {
        string text = Text(family, settings, tokens);
        Check(family, settings, text);
        return text + "\n";
    }

    private static string Text(ModelFamily family, TransformerSettings settings, SpecialTokenIds tokens)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Indented))
        {
            json.WriteStartObject();
            json.WriteString("model_type"u8, family.Name);
            family.WriteConfig(json, settings);
            tokens.Write(json, family.DefaultTokens);
            json.WriteString("torch_dtype"u8, "float32"u8);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    // What was written must say the same when it is read: else the family lacks a word for it.
    private static void Check(ModelFamily family, TransformerSettings settings, string text)
    {
        using var document = JsonDocument.Parse(text);
        var tensors = new HashSet<string>(family.Weights(settings).SelectMany(part => part.Names), StringComparer.Ordinal);
        TransformerSettings back;
        try
        {
            back = family.ReadConfig(new JsonNodeReader(ModelFolder.ConfigName, document.RootElement), tensors.Contains, []);
        }
        catch (CheckpointException e)
        {
            throw new SettingsException($"The family {family.Name} has no words for this model: {e.Message}", e);
        }

        foreach (Setting<TransformerSettings> setting in TransformerSettings.Table)
        {
            if (!LeftOut.Contains(setting.Name, StringComparer.Ordinal) && setting.Applies(settings) && !string.Equals(setting.Show(settings), setting.Show(back), StringComparison.Ordinal))
            {
                throw new SettingsException($"The model has {setting.Name}={setting.Show(settings)}, and a model of the family {family.Name} would have {setting.Show(back)}; export it as another family, or as {ModelFamilies.Own}.");
            }
        }
    }
}
