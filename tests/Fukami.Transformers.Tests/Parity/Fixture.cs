using System.IO.Compression;

namespace Fukami.Transformers.Tests;

/// <summary>A gzipped safetensors file of reference results that NumPy wrote.</summary>
internal sealed class Fixture
{
    private readonly Dictionary<string, double[]> arrays = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> metadata;

    private Fixture(string name)
    {
        string unpacked = Path.GetTempFileName();
        try
        {
            Unpack(name, unpacked);
            using var file = SafetensorsFile.Open(unpacked);
            metadata = new(file.Metadata, StringComparer.Ordinal);
            foreach (var entry in file.Entries)
            {
                float[] numbers = new float[entry.Count];
                file.Read(entry.Name, numbers);
                arrays[entry.Name] = System.Array.ConvertAll(numbers, number => (double)number);
            }
        }
        finally
        {
            File.Delete(unpacked);
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

    private static void Unpack(string name, string path)
    {
        using var packed = typeof(Fixture).Assembly.GetManifestResourceStream(name + ".safetensors.gz")
            ?? throw new FileNotFoundException($"The test assembly holds no fixture {name}; tests/parity/reference.py writes it.");
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        using var file = File.Create(path);
        unpacked.CopyTo(file);
    }

    private static class Loaded
    {
        public static readonly Lazy<Fixture> Decoders = new(() => new Fixture("decoders"));
        public static readonly Lazy<Fixture> Encoders = new(() => new Fixture("encoders"));
        public static readonly Lazy<Fixture> EncoderDecoders = new(() => new Fixture("encoder-decoders"));
        public static readonly Lazy<Fixture> Options = new(() => new Fixture("options"));
        public static readonly Lazy<Fixture> WholeModels = new(() => new Fixture("whole-models"));
    }
}
