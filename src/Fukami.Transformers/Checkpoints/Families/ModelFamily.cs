using System.Globalization;
using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>A family of models: how its config.json and its tensors' names say what <see cref="TransformerSettings"/> and our parameters say.</summary>
public abstract class ModelFamily
{
    /// <summary>The name, for example <c>gpt2</c>: the <c>model_type</c> that it writes.</summary>
    public abstract string Name { get; }

    /// <summary>The values of <c>model_type</c> in config.json that it reads.</summary>
    public virtual IReadOnlyList<string> ModelTypes => [Name];

    /// <summary>What stands in front of most tensors' names, in some files and not in others.</summary>
    internal virtual string Prefix => "";

    /// <summary>The special tokens of a config.json that leaves them out, as the family's class in Hugging Face's library has them.</summary>
    internal virtual SpecialTokenIds DefaultTokens => SpecialTokenIds.None;

    /// <summary>Reads config.json.</summary>
    /// <param name="config">Its root.</param>
    /// <param name="has">Whether the weights hold a tensor of a name, with or without the prefix.</param>
    /// <param name="notes">What a person should know, as sentences.</param>
    internal abstract TransformerSettings ReadConfig(JsonNodeReader config, Func<string, bool> has, ICollection<string> notes);

    /// <summary>Writes the properties of config.json, as far as the family has words for the settings.</summary>
    internal abstract void WriteConfig(Utf8JsonWriter json, TransformerSettings settings);

    /// <summary>Which tensors make up our parameters.</summary>
    internal abstract IEnumerable<WeightPart> Weights(TransformerSettings settings);

    /// <summary>Whether a tensor can be left out without a word: masks, tables of positions, copies of tied weights.</summary>
    internal virtual bool IsIgnorable(string tensor, TransformerSettings settings) => false;

    /// <summary>The value of a word of the family in ours.</summary>
    /// <exception cref="CheckpointException">The family knows the word, and we have nothing for it.</exception>
    private protected static string Translate(JsonNodeReader? given, string otherwise, IReadOnlyDictionary<string, string> words)
    {
        string word = given?.Text() ?? otherwise;
        return words.TryGetValue(word, out string? ours) ? ours : throw given!.Value.Error($"is {Excerpt.Of(word)}; known are: {string.Join(", ", words.Keys)}");
    }

    /// <summary>Writes a real number as one, 8.0 and not 8: some readers refuse a whole number in its place.</summary>
    private protected static void WriteReal(Utf8JsonWriter json, string property, float number)
    {
        string text = number.ToString("R", CultureInfo.InvariantCulture);
        json.WritePropertyName(property);
        json.WriteRawValue(text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0");
    }

    /// <summary>Refuses a property that must have one value.</summary>
    private protected static void Require(JsonNodeReader config, string property, bool value)
    {
        if (config.Find(property) is { } found && found.Flag() != value)
        {
            throw found.Error($"must be {(value ? "true" : "false")}; the other is not supported");
        }
    }
}
