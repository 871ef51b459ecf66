using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>The ids of the tokens that begin a text, end it and fill it up, as config.json and generation_config.json give them.</summary>
/// <param name="Begin"><c>bos_token_id</c>; null for none.</param>
/// <param name="End"><c>eos_token_id</c>, one or several; empty for none.</param>
/// <param name="Padding"><c>pad_token_id</c>; null for none.</param>
internal sealed record SpecialTokenIds(int? Begin, IReadOnlyList<int> End, int? Padding)
{
    /// <summary>The name of the file of settings for writing.</summary>
    public const string GenerationName = "generation_config.json";

    private const string BeginName = "bos_token_id";
    private const string EndName = "eos_token_id";
    private const string PaddingName = "pad_token_id";

    /// <summary>No such tokens.</summary>
    public static SpecialTokenIds None { get; } = new(null, [], null);

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => Begin is null && End.Count == 0 && Padding is null;

    /// <summary>Reads the three properties.</summary>
    /// <param name="root">The root of a file.</param>
    /// <param name="otherwise">What holds for a property that is left out; null in the file means none.</param>
    /// <exception cref="CheckpointException">One of them is no id.</exception>
    public static SpecialTokenIds Read(JsonNodeReader root, SpecialTokenIds otherwise) => new(
        root.Has(BeginName) ? root.Find(BeginName)?.Number() : otherwise.Begin,
        root.Has(EndName) ? Ends(root.Find(EndName)) : otherwise.End,
        root.Has(PaddingName) ? root.Find(PaddingName)?.Number() : otherwise.Padding);

    /// <summary>Reads a folder's generation_config.json; null if there is none.</summary>
    /// <exception cref="CheckpointException">The file is damaged.</exception>
    public static SpecialTokenIds? ReadGeneration(string directory)
    {
        string path = Path.Combine(directory, GenerationName);
        if (!File.Exists(path))
        {
            return null;
        }

        using JsonDocument json = JsonFile.Read(path, ModelFolder.MaximumConfigBytes);
        return JsonFile.Guard(path, () => Read(new JsonNodeReader(GenerationName, json.RootElement), None));
    }

    /// <summary>Writes the three properties, each where there is an id or where leaving it out would mean one.</summary>
    /// <param name="json">Where they go.</param>
    /// <param name="otherwise">What leaving out means.</param>
    public void Write(Utf8JsonWriter json, SpecialTokenIds otherwise)
    {
        WriteOne(json, BeginName, Begin, otherwise.Begin);
        if (End.Count > 1)
        {
            json.WriteStartArray(EndName);
            foreach (int id in End)
            {
                json.WriteNumberValue(id);
            }

            json.WriteEndArray();
        }
        else
        {
            WriteOne(json, EndName, End.Count == 1 ? End[0] : null, otherwise.End.Count > 0 ? otherwise.End[0] : null);
        }

        WriteOne(json, PaddingName, Padding, otherwise.Padding);
    }

    private static void WriteOne(Utf8JsonWriter json, string name, int? id, int? otherwise)
    {
        if (id is { } given)
        {
            json.WriteNumber(name, given);
        }
        else if (otherwise is not null)
        {
            json.WriteNull(name);
        }
    }

    private static int[] Ends(JsonNodeReader? given) => given switch
    {
        null => [],
        { IsList: true } list => [.. list.Items().Select(id => id.Number())],
        { } one => [one.Number()],
    };
}
