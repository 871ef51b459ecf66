using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

/// <summary>Folders of other families, opened as a user does, against a reference that reads the same folders by itself. docs/parity.md explains.</summary>
public sealed class FamilyParityTests
{
    public static TheoryData<string> Folders => [.. FamilyFixture.Labels];

    public static TheoryData<string> FoldersOfOthers => [.. FamilyFixture.Labels.Where(label => !label.StartsWith(ModelFamilies.Own, StringComparison.Ordinal))];

    public static TheoryData<string> FoldersOfDecoders => [.. FamilyFixture.Labels.Where(label => !label.StartsWith("bert/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Logits_and_every_named_point_of_an_opened_folder_agree_with_PyTorch(string label)
    {
        using var fixture = new FamilyFixture(label);
        Transformer model = ModelFolder.Open(fixture.Directory).Model;
        var tape = new Tape();
        tape.Begin();
        Tensor output = model.Forward(tape, fixture.Batch());

        var comparison = new Comparison();
        comparison.Forward($"{label}: what Forward gives", output.Values, fixture.ArrayOrNull("output") ?? fixture.Array("point|logits"));
        string[] expected = [.. fixture.Points.Order(StringComparer.Ordinal)];
        Assert.Equal(expected, tape.Points.Select(met => met.Point.Name).Order(StringComparer.Ordinal));
        Assert.Equal(expected, model.PointNames.Order(StringComparer.Ordinal));
        foreach (string point in expected)
        {
            comparison.Forward($"{label}: {point}", tape[point].Values, fixture.Array("point|" + point));
        }

        comparison.AssertNone();
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Gradients_of_every_parameter_and_named_point_of_an_opened_folder_agree_with_PyTorch(string label)
    {
        using var fixture = new FamilyFixture(label);
        Transformer model = ModelFolder.Open(fixture.Directory).Model;
        Parameter[] parameters = [.. model.Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal)];
        Assert.Equal(fixture.Names("parameters"), parameters.Select(parameter => parameter.Name));
        var tape = new Tape();
        tape.Begin(); // as in inference: config.json's dropout is for training
        if (fixture.ArrayOrNull("loss") is not { } expectedLoss)
        {
            Assert.Throws<SettingsException>(() => model.Loss(tape, fixture.Batch()));
            return;
        }

        Tensor loss = model.Loss(tape, fixture.Batch());
        tape.Backward(loss);

        var comparison = new Comparison();
        comparison.Forward($"{label}: loss", loss.Values, expectedLoss);
        double[] expected = fixture.Array("gradients");
        double whole = Comparison.Norm([.. parameters.Select((_, row) => expected[row * 9])]);
        foreach ((int row, Parameter parameter) in parameters.Index())
        {
            string what = $"{label}: gradient of {parameter.Name}";
            comparison.GradientBySigns(what, parameter.Name, parameter.Gradient, expected.AsSpan(row * 9, 9), whole);
            if (fixture.ArrayOrNull("gradient|" + parameter.Name) is { } full)
            {
                comparison.Gradient(what + " in full", parameter.Gradient, full, whole);
            }
        }

        string[] points = fixture.Names("point_gradients");
        expected = fixture.Array("point_gradients");
        double largest = points.Select((_, row) => expected[row * 9]).Max();
        foreach ((int row, string point) in points.Index())
        {
            comparison.GradientBySigns($"{label}: gradient at {point}", point, tape[point].Gradient, expected.AsSpan(row * 9, 9), largest);
        }

        comparison.AssertNone();
    }

    [Theory]
    [MemberData(nameof(FoldersOfDecoders))]
    public void Logits_of_tokens_written_one_by_one_with_a_cache_agree_with_PyTorch(string label)
    {
        using var fixture = new FamilyFixture(label);
        var model = (IDecodingModel)ModelFolder.Open(fixture.Directory).Model;
        TokenBatch whole = fixture.Batch();
        int vocabulary = model.Settings.Vocabulary;
        float[] logits = new float[whole.Ids.Length * vocabulary];
        KeyValueCache cache = model.NewCache(whole.Batch);
        var tape = new Tape();
        const int prompt = 3;
        for (int first = 0; first < whole.Length; first += first == 0 ? prompt : 1)
        {
            var next = new TokenBatch(whole.Batch, first == 0 ? prompt : 1);
            for (int sentence = 0; sentence < whole.Batch; sentence++)
            {
                whole.Ids.AsSpan((sentence * whole.Length) + first, next.Length).CopyTo(next.Ids.AsSpan(sentence * next.Length));
            }

            tape.Begin();
            ReadOnlySpan<float> given = model.Forward(tape, next, cache).Values;
            int numbers = next.Length * vocabulary;
            for (int sentence = 0; sentence < whole.Batch; sentence++)
            {
                given.Slice(sentence * numbers, numbers).CopyTo(logits.AsSpan(((sentence * whole.Length) + first) * vocabulary));
            }
        }

        var comparison = new Comparison();
        comparison.Forward($"{label}: logits", logits, fixture.Array("point|logits"));
        comparison.AssertNone();
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_in_f16_opens_as_its_f32_numbers_rounded_once(string label) => OpensRounded(label, HalfPrecision.F16);

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_in_bf16_opens_as_its_f32_numbers_rounded_once(string label) => OpensRounded(label, HalfPrecision.BF16);

    [Theory]
    [MemberData(nameof(Folders))]
    public void An_opened_folder_is_exported_with_the_tensors_that_it_had_to_the_bit(string label)
    {
        using var fixture = new FamilyFixture(label);
        using var exported = new TestFolder();
        ModelFolder.Open(fixture.Directory).Export(exported.Path, label.Split('/')[0]);

        Assert.Equal(Tensors(fixture.Directory), Tensors(exported.Path));
    }

    [Theory]
    [MemberData(nameof(FoldersOfOthers))]
    public void What_an_exported_config_says_the_opened_one_said_and_a_real_number_stays_one(string label)
    {
        using var fixture = new FamilyFixture(label);
        using var exported = new TestFolder();
        ModelFolder.Open(fixture.Directory).Export(exported.Path, label.Split('/')[0]);

        Dictionary<string, JsonElement> before = Config(fixture.Directory);
        Dictionary<string, JsonElement> after = Config(exported.Path);
        // the heads that were left out, and Gemma's context cut to its window, change what can be said
        string[] common = [.. before.Keys.Intersect(after.Keys, StringComparer.Ordinal).Except(["architectures", "max_position_embeddings"], StringComparer.Ordinal)];
        Assert.InRange(common.Length, 10, before.Count);
        Assert.All(common, key => Assert.Equal(Said(before[key]), Said(after[key])));
    }

    [Fact]
    public void Every_family_that_is_known_has_a_folder_in_the_reference_and_one_has_every_gradient_in_full()
    {
        string[] known = [.. ModelFamilies.All.SelectMany(family => family.ModelTypes), ModelFamilies.Own];
        Assert.Equal(known.Order(StringComparer.Ordinal), FamilyFixture.Families);
        foreach (string family in FamilyFixture.Families)
        {
            using var fixture = new FamilyFixture(FamilyFixture.Labels.First(label => label.StartsWith(family + "/", StringComparison.Ordinal)));
            Assert.All(fixture.Names("parameters"), name => Assert.NotNull(fixture.ArrayOrNull("gradient|" + name)));
        }
    }

    /// <summary>The properties of config.json, those of objects in it behind their names.</summary>
    private static Dictionary<string, JsonElement> Config(string directory)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(directory, "config.json")));
        return document.RootElement.Clone().EnumerateObject()
            .SelectMany(property => property.Value.ValueKind == JsonValueKind.Object
                ? property.Value.EnumerateObject().Select(inner => ($"{property.Name}.{inner.Name}", inner.Value))
                : [(property.Name, property.Value)])
            .ToDictionary(pair => pair.Item1, pair => pair.Value, StringComparer.Ordinal);
    }

    private static (JsonValueKind Kind, bool IsReal, string Value) Said(JsonElement value)
    {
        string text = value.GetRawText();
        return value.ValueKind == JsonValueKind.Number
            ? (JsonValueKind.Number, text.AsSpan().ContainsAny(".eE"), value.GetDouble().ToString("R", CultureInfo.InvariantCulture))
            : (value.ValueKind, false, text);
    }

    private static bool IsNoParameter(string tensor) =>
        tensor.EndsWith(".attn.bias", StringComparison.Ordinal)
        || tensor.EndsWith(".masked_bias", StringComparison.Ordinal)
        || tensor.EndsWith("position_ids", StringComparison.Ordinal)
        || tensor.StartsWith("cls.seq_relationship", StringComparison.Ordinal);

    /// <summary>Shape and bits of every F32 tensor of a folder, by its name as new folders have it.</summary>
    private static SortedDictionary<string, string> Tensors(string directory)
    {
        var tensors = new SortedDictionary<string, string>(StringComparer.Ordinal);
        using var file = SafetensorsFile.Open(Path.Combine(directory, FamilyFixture.WeightsName));
        foreach (SafetensorsEntry entry in file.Entries.Where(entry => !IsNoParameter(entry.Name)))
        {
            float[] numbers = new float[entry.Count];
            file.Read(entry.Name, numbers);
            string name = entry.Name.Replace("LayerNorm.gamma", "LayerNorm.weight", StringComparison.Ordinal).Replace("LayerNorm.beta", "LayerNorm.bias", StringComparison.Ordinal);
            foreach (string prefix in (string[])["transformer.", "bert."])
            {
                name = name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
            }

            tensors.Add(name, $"({string.Join(", ", entry.Shape)}) SHA-256 {Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(numbers.AsSpan())))}");
        }

        return tensors;
    }

    private static void OpensRounded(string label, HalfPrecision format)
    {
        using var fixture = new FamilyFixture(label);
        string copy = fixture.WithoutWeights(format.Name);
        format.Copy(Path.Combine(fixture.Directory, FamilyFixture.WeightsName), Path.Combine(copy, FamilyFixture.WeightsName));

        Transformer whole = ModelFolder.Open(fixture.Directory).Model;
        Transformer rounded = ModelFolder.Open(copy).Model;

        int changed = 0;
        foreach ((Parameter from, Parameter to) in whole.Parameters.Zip(rounded.Parameters))
        {
            for (int i = 0; i < from.Values.Length; i++)
            {
                Assert.True(to.Values[i] == format.Round(from.Values[i]), $"{from.Name}[{i}] is {to.Values[i]:g9} in {format.Name}; {from.Values[i]:g9} rounds to {format.Round(from.Values[i]):g9}");
                Assert.True(Math.Abs(to.Values[i] - from.Values[i]) <= format.Unit * Math.Abs(from.Values[i]) + 1e-7f, $"{from.Name}[{i}]: {from.Values[i]:g9} became {to.Values[i]:g9}");
                changed += to.Values[i] == from.Values[i] ? 0 : 1;
            }
        }

        Assert.InRange(changed, whole.ParameterCount / 10, whole.ParameterCount);
    }
}
