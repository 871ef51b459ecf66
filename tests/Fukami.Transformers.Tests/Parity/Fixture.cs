using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Fukami.Transformers.Tests;

/// <summary>A gzipped safetensors file of reference results, read by the format's definition and not by the product's own reader.</summary>
internal sealed class Fixture
{
    private readonly Dictionary<string, double[]> arrays = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> metadata;

    private Fixture(string name)
    {
        using var packed = typeof(Fixture).Assembly.GetManifestResourceStream(name + ".safetensors.gz")
            ?? throw new FileNotFoundException($"The test assembly holds no fixture {name}; tests/parity/reference.py writes it.");
        using var file = new MemoryStream();
        using (var unpacked = new GZipStream(packed, CompressionMode.Decompress))
        {
            unpacked.CopyTo(file);
        }

        ReadOnlySpan<byte> bytes = file.GetBuffer().AsSpan(0, (int)file.Length);
        int headerLength = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        using var header = JsonDocument.Parse(bytes.Slice(8, headerLength).ToArray());
        var data = bytes[(8 + headerLength)..];
        metadata = header.RootElement.GetProperty("__metadata__").EnumerateObject()
            .ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!, StringComparer.Ordinal);
        foreach (var entry in header.RootElement.EnumerateObject())
        {
            if (entry.Value.TryGetProperty("dtype", out var type))
            {
                var offsets = entry.Value.GetProperty("data_offsets");
                var raw = data[offsets[0].GetInt32()..offsets[1].GetInt32()];
                arrays[entry.Name] = type.GetString() == "F64"
                    ? MemoryMarshal.Cast<byte, double>(raw).ToArray()
                    : System.Array.ConvertAll(MemoryMarshal.Cast<byte, float>(raw).ToArray(), number => (double)number);
            }
        }
    }

    public static Fixture Decoders => Loaded.Decoders.Value;

    public static Fixture Encoders => Loaded.Encoders.Value;

    public static Fixture EncoderDecoders => Loaded.EncoderDecoders.Value;

    public static Fixture Options => Loaded.Options.Value;

    public static Fixture WholeModels => Loaded.WholeModels.Value;

    /// <summary>The names of the cases.</summary>
    public IEnumerable<string> Cases => metadata.Keys.Where(key => !key.Contains('|', StringComparison.Ordinal));

    public string Metadata(string key) => metadata[key];

    public double[] Array(string key) => arrays[key];

    public double[]? ArrayOrNull(string key) => arrays.GetValueOrDefault(key);

    /// <summary>The keys that begin with a prefix, without it.</summary>
    public IEnumerable<string> Under(string prefix) =>
        arrays.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Select(key => key[prefix.Length..]);

    private static class Loaded
    {
        public static readonly Lazy<Fixture> Decoders = new(() => new Fixture("decoders"));
        public static readonly Lazy<Fixture> Encoders = new(() => new Fixture("encoders"));
        public static readonly Lazy<Fixture> EncoderDecoders = new(() => new Fixture("encoder-decoders"));
        public static readonly Lazy<Fixture> Options = new(() => new Fixture("options"));
        public static readonly Lazy<Fixture> WholeModels = new(() => new Fixture("whole-models"));
    }
}
