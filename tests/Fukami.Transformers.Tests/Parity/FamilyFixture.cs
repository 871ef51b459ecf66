using System.IO.Compression;
using System.Text.Json;
using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

/// <summary>
/// A small random model folder of another family, what is fed to it, and what PyTorch computes from it in float64, as
/// tests/parity/family_fixtures.py writes them. The folder goes when the test ends.
/// </summary>
internal sealed class FamilyFixture : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly Dictionary<string, double[]> arrays = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> names;
    private readonly JsonElement batch;

    /// <summary>Unpacks a case.</summary>
    /// <param name="label">Family and case, such as <c>llama/tied</c>.</param>
    public FamilyFixture(string label)
    {
        Directory = Made("model");
        (string family, string name) = (label.Split('/')[0], label.Split('/')[1]);
        using ZipArchive packed = Packed(family);
        foreach (ZipArchiveEntry entry in packed.Entries.Where(entry => entry.FullName.StartsWith(name + "/", StringComparison.Ordinal)))
        {
            entry.ExtractToFile(entry.Name is "config.json" or WeightsName ? Path.Combine(Directory, entry.Name) : folder.File(entry.Name));
        }

        using var parsed = JsonDocument.Parse(File.ReadAllBytes(folder.File("batch.json")));
        batch = parsed.RootElement.Clone();
        using var reference = SafetensorsFile.Open(folder.File("reference.safetensors"));
        names = new(reference.Metadata, StringComparer.Ordinal);
        foreach (var entry in reference.Entries)
        {
            float[] numbers = new float[entry.Count];
            reference.Read(entry.Name, numbers);
            arrays[entry.Name] = System.Array.ConvertAll(numbers, number => (double)number);
        }
    }

    public const string WeightsName = "model.safetensors";

    public static readonly string[] Families = [.. typeof(FamilyFixture).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(".zip", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!];

    /// <summary>Family and case of every folder.</summary>
    public static readonly string[] Labels = [.. Families.SelectMany(LabelsOf)];

    /// <summary>The model folder.</summary>
    public string Directory { get; }

    /// <summary>A new folder with the same config.json and no weights.</summary>
    public string WithoutWeights(string name)
    {
        string copy = Made(name);
        File.Copy(Path.Combine(Directory, "config.json"), Path.Combine(copy, "config.json"));
        return copy;
    }

    /// <summary>An array of the reference.</summary>
    public double[] Array(string key) => arrays[key];

    public double[]? ArrayOrNull(string key) => arrays.GetValueOrDefault(key);

    /// <summary>The names that the reference lists under a key.</summary>
    public string[] Names(string key) => names[key].Split(' ');

    /// <summary>The named points of the reference.</summary>
    public IEnumerable<string> Points => arrays.Keys.Where(key => key.StartsWith("point|", StringComparison.Ordinal)).Select(key => key["point|".Length..]);

    /// <summary>The sentences.</summary>
    public TokenBatch Batch()
    {
        var tokens = new TokenBatch(batch.GetProperty("batch").GetInt32(), batch.GetProperty("length").GetInt32());
        Numbers("ids").CopyTo(tokens.Ids, 0);
        Numbers("targets").CopyTo(tokens.Targets, 0);
        if (batch.TryGetProperty("token_types", out _))
        {
            Numbers("token_types").CopyTo(tokens.TokenTypes, 0);
        }

        if (batch.TryGetProperty("mask", out _))
        {
            tokens.Mask = new PaddingMask(tokens.Batch, tokens.Length, [.. Numbers("mask").Select(number => number == 1)]);
        }

        return tokens;
    }

    public void Dispose() => folder.Dispose();

    private string Made(string name) => System.IO.Directory.CreateDirectory(folder.File(name)).FullName;

    private int[] Numbers(string key) => [.. batch.GetProperty(key).EnumerateArray().Select(number => number.GetInt32())];

    private static string[] LabelsOf(string family)
    {
        using ZipArchive packed = Packed(family);
        return [.. packed.Entries.Where(entry => entry.Name == "config.json").Select(entry => $"{family}/{entry.FullName.Split('/')[0]}")];
    }

    private static ZipArchive Packed(string family) =>
        new(typeof(FamilyFixture).Assembly.GetManifestResourceStream(family + ".zip")
            ?? throw new FileNotFoundException($"The test assembly holds no fixture {family}; tests/parity/family_fixtures.py writes it."));
}
