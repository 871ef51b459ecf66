using System.Text.Json;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab.Tests;

/// <summary>The recurrent stacks against PyTorch's cells in float64; tests/parity/recurrent.py writes the fixture.</summary>
public sealed class RecurrentParityTests
{
    private const double ForwardBound = 1e-5;
    private const double GradientBound = 1e-4;

    private static readonly JsonElement[] Cases = Read();

    public static TheoryData<string, bool> Nets => new(Cases.Select(c => (c.GetProperty("cell").GetString()!, c.GetProperty("skip").GetBoolean())));

    [Theory]
    [MemberData(nameof(Nets))]
    public void Every_value_and_every_gradient_is_that_of_PyTorchs_cells(string cell, bool skip)
    {
        JsonElement expected = Cases.Single(c => c.GetProperty("cell").GetString() == cell && c.GetProperty("skip").GetBoolean() == skip);
        var net = new RecurrentNet(new RecurrentSettings
        {
            Cell = cell,
            HasSkip = skip,
            Depth = Int("depth"),
            Width = Int("width"),
            Length = Int("length"),
            Vocabulary = Int("vocabulary"),
        });
        foreach (Parameter parameter in net.Parameters)
        {
            Array.ConvertAll(Numbers("parameters", parameter.Name), x => (float)x).CopyTo(parameter.Values);
        }

        var batch = new TokenBatch(Int("batch"), Int("length"));
        Ids("ids").CopyTo(batch.Ids, 0);
        Ids("targets").CopyTo(batch.Targets, 0);
        var tape = new Tape(new ThreadTeam(1));
        tape.Begin();
        Tensor loss = net.Loss(tape, batch, lastOnly: false);
        tape.Backward(loss);

        AssertClose("loss", loss.Values, [expected.GetProperty("loss").GetDouble()], ForwardBound);
        string[] points = [.. expected.GetProperty("points").EnumerateObject().Select(p => p.Name)];
        Assert.Equal(points.Order(StringComparer.Ordinal), tape.Points.Select(p => p.Point.Name).Order(StringComparer.Ordinal));
        foreach (string point in points)
        {
            AssertClose(point, tape[point].Values, Numbers("points", point), ForwardBound);
            AssertClose($"gradient at {point}", tape[point].Gradient, Numbers("point_gradients", point), GradientBound);
        }

        Assert.All(net.Parameters, p => AssertClose($"gradient of {p.Name}", p.Gradient, Numbers("gradients", p.Name), GradientBound));

        int Int(string name) => expected.GetProperty(name).GetInt32();
        int[] Ids(string name) => [.. expected.GetProperty(name).EnumerateArray().Select(x => x.GetInt32())];
        double[] Numbers(string kind, string name) => [.. expected.GetProperty(kind).GetProperty(name).EnumerateArray().Select(x => x.GetDouble())];
    }

    private static void AssertClose(string what, ReadOnlySpan<float> actual, double[] expected, double bound)
    {
        Assert.Equal(expected.Length, actual.Length);
        double error = 0, norm = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            error += (actual[i] - expected[i]) * (actual[i] - expected[i]);
            norm += expected[i] * expected[i];
        }

        Assert.True(norm > 0 && Math.Sqrt(error) <= bound * Math.Sqrt(norm), $"{what}: relative error {Math.Sqrt(error / norm):0.0e0}");
    }

    private static JsonElement[] Read()
    {
        using Stream stream = typeof(RecurrentParityTests).Assembly.GetManifestResourceStream("recurrent.json")!;
        using var reader = new StreamReader(stream);
        var cases = new List<JsonElement>();
        while (reader.ReadLine() is { } line)
        {
            using var parsed = JsonDocument.Parse(line);
            cases.Add(parsed.RootElement.Clone());
        }

        return [.. cases];
    }
}
