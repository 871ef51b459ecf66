using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Writes safetensors files, F32, the tensors one after the other in the order given. The same tensors give the same bytes.</summary>
public static class SafetensorsWriter
{
    private const int ChunkNumbers = 1 << 18;

    /// <summary>Writes a file as <see cref="AtomicFile"/> does: it is the old one or the new one, never a part.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="tensors">What to write; names must differ.</param>
    /// <param name="metadata">Free strings for <c>__metadata__</c>, or none.</param>
    /// <exception cref="IOException">The disk is full, or another process holds the file.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<Storage> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        AtomicFile.Write(path, stream => Write(stream, tensors, metadata));

    /// <summary>Writes the content of a safetensors file to a stream.</summary>
    /// <inheritdoc cref="Write(string, IReadOnlyList{Storage}, IReadOnlyDictionary{string, string})"/>
    public static void Write(Stream stream, IReadOnlyList<Storage> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        Write(stream, [.. tensors.Select(Whole)], metadata);

    /// <summary>Writes tensors whose numbers are computed when they are written.</summary>
    internal static void Write(Stream stream, IReadOnlyList<WrittenTensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        ReadOnlySpan<byte> header = Header(tensors, metadata);
        Span<byte> prefix = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        stream.Write(prefix);
        stream.Write(header);
        float[] numbers = new float[Math.Min(ChunkNumbers, tensors.Count == 0 ? 0 : tensors.Max(tensor => tensor.Count))];
        foreach (WrittenTensor tensor in tensors)
        {
            WriteNumbers(stream, tensor, numbers);
        }
    }

    private static WrittenTensor Whole(Storage storage) =>
        new(storage.Name, [.. Enumerable.Range(0, storage.Shape.Rank).Select(axis => (long)storage.Shape[axis])], (first, destination) => storage.Values.Slice((int)first, destination.Length).CopyTo(destination));

    private static ReadOnlySpan<byte> Header(IReadOnlyList<WrittenTensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject("__metadata__"u8);
                foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }

            long offset = 0;
            foreach (WrittenTensor tensor in tensors)
            {
                if (!names.Add(tensor.Name))
                {
                    throw new ArgumentException($"Two tensors are named {tensor.Name}; the names in a file must differ.", nameof(tensors));
                }

                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype"u8, "F32"u8);
                json.WriteStartArray("shape"u8);
                foreach (long extent in tensor.Shape)
                {
                    json.WriteNumberValue(extent);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets"u8);
                json.WriteNumberValue(offset);
                offset += tensor.Count * sizeof(float);
                json.WriteNumberValue(offset);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // spaces, so that the numbers begin at a multiple of eight bytes and can be mapped into memory
        while (buffer.WrittenCount % 8 != 0)
        {
            buffer.Write(" "u8);
        }

        return buffer.WrittenSpan;
    }

    private static void WriteNumbers(Stream stream, WrittenTensor tensor, float[] numbers)
    {
        for (long first = 0; first < tensor.Count; first += numbers.Length)
        {
            Span<float> part = numbers.AsSpan(0, (int)Math.Min(numbers.Length, tensor.Count - first));
            tensor.Fill(first, part);
            if (!BitConverter.IsLittleEndian)
            {
                Span<int> bits = MemoryMarshal.Cast<float, int>(part);
                BinaryPrimitives.ReverseEndianness(bits, bits);
            }

            stream.Write(MemoryMarshal.AsBytes(part));
        }
    }
}
