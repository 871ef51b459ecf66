using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>
/// The header of a safetensors file: one JSON object that names each tensor with its type, shape and place, and an optional
/// <c>__metadata__</c> of strings. Read strictly: the tensors must cover the rest of the file exactly, without gap or overlap.
/// (The format: github.com/huggingface/safetensors.)
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>More axes than any model uses; a longer list is an attack on memory.</summary>
    private const int MaximumRank = 16;

    private readonly string file;
    private readonly long dataStart;
    private readonly long dataBytes;

    private SafetensorsHeader(string file, long dataStart, long dataBytes) => (this.file, this.dataStart, this.dataBytes) = (file, dataStart, dataBytes);

    /// <summary>The tensors by name, in the order of the header.</summary>
    public OrderedDictionary<string, SafetensorsEntry> Entries { get; } = new(StringComparer.Ordinal);

    /// <summary>The free strings of <c>__metadata__</c>.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads and checks a header.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="json">The header's bytes.</param>
    /// <param name="dataStart">Where the tensors' bytes begin in the file.</param>
    /// <param name="dataBytes">How many bytes follow the header.</param>
    /// <exception cref="CheckpointException">The header is not what the format asks for.</exception>
    public static SafetensorsHeader Parse(string file, ReadOnlySpan<byte> json, long dataStart, long dataBytes)
    {
        var header = new SafetensorsHeader(file, dataStart, dataBytes);
        try
        {
            header.Read(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new CheckpointException($"The header of {file} is not valid JSON of a safetensors file.", e);
        }

        header.CheckCover();
        return header;
    }

    private void Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 4 });
        bool hasMetadata = false;
        Expect(ref reader, JsonTokenType.StartObject, "the header");
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            if (string.Equals(name, "__metadata__", StringComparison.Ordinal))
            {
                if (hasMetadata)
                {
                    throw new CheckpointException($"The header of {file} has two __metadata__ parts; one is allowed.");
                }

                hasMetadata = true;
                ReadMetadata(ref reader);
            }
            else if (!Entries.TryAdd(name, ReadEntry(ref reader, name)))
            {
                throw new CheckpointException($"The tensor {Shown(name)} stands twice in the header of {file}.");
            }
        }

        // only spaces may pad the header; anything else makes the reader throw
        if (reader.Read())
        {
            throw new CheckpointException($"Something follows the header's JSON object in {file}.");
        }
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject, "__metadata__");
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            Expect(ref reader, JsonTokenType.String, "a value of __metadata__");
            if (!Metadata.TryAdd(key, reader.GetString()!))
            {
                throw new CheckpointException($"The key {Shown(key)} stands twice in the __metadata__ of {file}.");
            }
        }
    }

    private SafetensorsEntry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        string? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        Expect(ref reader, JsonTokenType.StartObject, $"the tensor {Shown(name)}");
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            bool known = false;
            if (reader.ValueTextEquals("dtype"u8) && type is null)
            {
                Expect(ref reader, JsonTokenType.String, $"dtype of {Shown(name)}");
                (type, known) = (reader.GetString(), true);
            }
            else if (reader.ValueTextEquals("shape"u8) && shape is null)
            {
                (shape, known) = (ReadNumbers(ref reader, $"The shape of the tensor {Shown(name)} in {file}", MaximumRank), true);
            }
            else if (reader.ValueTextEquals("data_offsets"u8) && offsets is null)
            {
                (offsets, known) = (ReadNumbers(ref reader, $"The data_offsets of the tensor {Shown(name)} in {file}", 2), true);
            }

            if (!known)
            {
                throw new CheckpointException($"The tensor {Shown(name)} in {file} has an unknown or repeated property {Shown(reader.GetString()!)}; dtype, shape and data_offsets are allowed, once each.");
            }
        }

        return type is not null && shape is not null && offsets is { Count: 2 }
            ? Checked(name, type, shape, offsets[0], offsets[1])
            : throw new CheckpointException($"The tensor {Shown(name)} in {file} needs a dtype, a shape and two data_offsets.");
    }

    private SafetensorsEntry Checked(string name, string type, List<long> shape, long begin, long end)
    {
        if (begin > end || end > dataBytes)
        {
            throw new CheckpointException($"The tensor {Shown(name)} claims bytes {begin} to {end} of {file}, which holds bytes 0 to {dataBytes} behind its header.");
        }

        int bits = SafetensorsTypes.Bits(type) ?? throw new CheckpointException($"The tensor {Shown(name)} in {file} has the unknown element type {Shown(type)}.");
        UInt128 numbers = 1;
        bool empty = shape.Contains(0);
        foreach (long extent in shape)
        {
            // the product is held below 2¹²⁷: no file can hold that, and then it cannot overflow
            numbers = empty ? 0 : numbers > (UInt128)long.MaxValue ? numbers : numbers * (UInt128)extent;
        }

        var entry = new SafetensorsEntry(name, type, shape, dataStart + begin, end - begin);
        return numbers * (UInt128)bits == (UInt128)(end - begin) * 8
            ? entry
            : throw new CheckpointException($"The tensor {Shown(name)} in {file} has shape {entry.ShapeText} of {type}, which does not fill the {end - begin} bytes that it claims.");
    }

    private List<long> ReadNumbers(ref Utf8JsonReader reader, string what, int most)
    {
        var numbers = new List<long>(Math.Min(most, 4));
        Expect(ref reader, JsonTokenType.StartArray, what);
        while (Next(ref reader) == JsonTokenType.Number)
        {
            if (numbers.Count == most || !reader.TryGetInt64(out long number) || number < 0)
            {
                throw new CheckpointException($"{what} must be a list of at most {most} whole numbers that are not negative.");
            }

            numbers.Add(number);
        }

        return reader.TokenType == JsonTokenType.EndArray ? numbers : throw new CheckpointException($"{what} must be a list of whole numbers.");
    }

    private void CheckCover()
    {
        long position = dataStart;
        foreach (SafetensorsEntry entry in Entries.Values.OrderBy(entry => entry.Offset).ThenBy(entry => entry.Bytes))
        {
            if (entry.Offset != position)
            {
                string fault = entry.Offset < position ? "overlaps the tensor before it" : "leaves a gap to the tensor before it";
                throw new CheckpointException($"The tensor {Shown(entry.Name)} in {file} {fault}.");
            }

            position += entry.Bytes;
        }

        if (position != dataStart + dataBytes)
        {
            throw new CheckpointException($"The tensors of {file} end {dataStart + dataBytes - position} bytes before the file does.");
        }
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader) => reader.Read() ? reader.TokenType : JsonTokenType.None;

    private void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (Next(ref reader) != type)
        {
            throw new CheckpointException($"In the header of {file}, {what} is not of the form that the safetensors format asks for.");
        }
    }

    /// <summary>A name from a file that may be hostile: bounded, on one line.</summary>
    private static string Shown(string name) => Excerpt.Of(name);
}
