using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>A value of a JSON file with the way to it, so that every complaint names the file and the place.</summary>
internal readonly struct JsonNodeReader(string file, string parent, string name, JsonElement element)
{
    /// <summary>The whole of a file.</summary>
    public JsonNodeReader(string file, JsonElement element)
        : this(file, "", "", element)
    {
    }

    /// <summary>Its JSON text.</summary>
    public string Raw => element.GetRawText();

    /// <summary>Whether it is a string.</summary>
    public bool IsText => element.ValueKind == JsonValueKind.String;

    /// <summary>Whether it is a list.</summary>
    public bool IsList => element.ValueKind == JsonValueKind.Array;

    /// <summary>A property that must be there.</summary>
    public JsonNodeReader this[string property] => Find(property) ?? throw Error($"needs a {property}");

    /// <summary>Whether a property is there, if only as null.</summary>
    public bool Has(string property) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out _);

    /// <summary>A property; null if it is absent or null.</summary>
    public JsonNodeReader? Find(string property)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Error("must be an object");
        }

        return element.TryGetProperty(property, out JsonElement found) && found.ValueKind != JsonValueKind.Null
            ? new JsonNodeReader(file, Way, property, found)
            : null;
    }

    /// <summary>The string.</summary>
    public string Text() => IsText ? element.GetString()! : throw Error("must be a string");

    /// <summary>The whole number that fits 32 bits.</summary>
    public int Number() => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int number) ? number : throw Error("must be a whole number");

    /// <summary>The whole number that fits 64 bits.</summary>
    public long LongNumber() => element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long number) ? number : throw Error("must be a whole number");

    /// <summary>The number.</summary>
    public double Real() => element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double number) ? number : throw Error("must be a number");

    /// <summary>True or false.</summary>
    public bool Flag() => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Error("must be true or false"),
    };

    /// <summary>The entries of a list.</summary>
    public IEnumerable<JsonNodeReader> Items()
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            throw Error("must be a list");
        }

        foreach (JsonElement item in element.EnumerateArray())
        {
            yield return new JsonNodeReader(file, parent, name, item);
        }
    }

    /// <summary>The properties of an object.</summary>
    public IEnumerable<(string Name, JsonNodeReader Value)> Properties()
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Error("must be an object");
        }

        string way = Way;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            yield return (property.Name, new JsonNodeReader(file, way, property.Name, property.Value));
        }
    }

    /// <summary>A complaint about this value.</summary>
    public CheckpointException Error(string complaint) => new(Way.Length == 0 ? $"{file} {complaint}." : $"{file}: {Excerpt.Of(Way)} {complaint}.");

    private string Way => parent.Length == 0 ? name : $"{parent}.{name}";
}
