using System.Text.Json;
using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

/// <summary>One case of a fixture: a model with the formula's numbers, its batch, and what a pass must give.</summary>
internal sealed class ParityCase
{
    private readonly Fixture fixture;
    private readonly string name;
    private readonly JsonElement description;

    public ParityCase(Fixture fixture, string name)
    {
        (this.fixture, this.name) = (fixture, name);
        using var parsed = JsonDocument.Parse(fixture.Metadata(name));
        description = parsed.RootElement.Clone();
    }

    /// <summary>
    /// Runs the case and adds to the comparison: logits, loss, every gradient, and for norms with running statistics these
    /// and the logits of inference.
    /// </summary>
    /// <param name="into">Collects.</param>
    /// <param name="norm">Takes the place of the fixture's norm, for arrangements that have none.</param>
    public void Compare(Comparison into, string? norm = null)
    {
        string label = norm is null ? name : name.Replace("/any/", $"/{norm}/", StringComparison.Ordinal);
        var model = Build(norm);
        var batch = Batch();
        var tape = new Tape();
        tape.Begin(training: true);
        var loss = model.Loss(tape, batch);
        tape.Backward(loss);

        into.Forward($"{label}: logits", tape["logits"].Values, fixture.Array(name + "|logits"));
        into.Forward($"{label}: loss", loss.Values, fixture.Array(name + "|loss"));
        CompareGradients(into, label, model);
        ComparePoints(into, label, tape, model);
        CompareStatistics(into, label, model);
        if (fixture.ArrayOrNull(name + "|inference") is { } inference)
        {
            // a model anew: inference reads the statistics as they were before the step
            tape.Begin();
            into.Forward($"{label}: logits of inference", Build(norm).Forward(tape, batch).Values, inference);
        }
    }

    private void CompareGradients(Comparison into, string label, Transformer model)
    {
        var parameters = model.Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal).ToList();
        string names = string.Join(' ', parameters.Select(parameter => parameter.Name));
        if (names != fixture.Metadata(name + "|parameters"))
        {
            into.Fail($"{label}: the parameters are {names}; the reference has {fixture.Metadata(name + "|parameters")}");
            return;
        }

        double[] expected = fixture.Array(name + "|gradients");
        double whole = Comparison.Norm([.. Enumerable.Range(0, parameters.Count).Select(row => expected[row * 9])]);
        for (int row = 0; row < parameters.Count; row++)
        {
            var parameter = parameters[row];
            string what = $"{label}: gradient of {parameter.Name}";
            into.GradientBySigns(what, parameter.Name, parameter.Gradient, expected.AsSpan(row * 9, 9), whole);
            if (fixture.ArrayOrNull($"{name}|gradient|{parameter.Name}") is { } full)
            {
                into.Gradient(what + " in full", parameter.Gradient, full, whole);
            }
        }
    }

    private void ComparePoints(Comparison into, string label, Tape tape, Transformer model)
    {
        var expected = fixture.Under($"{name}|point|").ToHashSet(StringComparer.Ordinal);
        if (expected.Count == 0)
        {
            return;
        }

        var actual = tape.Points.Select(met => met.Point.Name).ToHashSet(StringComparer.Ordinal);
        if (!actual.SetEquals(expected))
        {
            into.Fail($"{label}: points met but not in the reference: {string.Join(' ', actual.Except(expected).Order(StringComparer.Ordinal))}; in the reference but not met: {string.Join(' ', expected.Except(actual).Order(StringComparer.Ordinal))}");
        }

        if (!actual.SetEquals(model.PointNames))
        {
            into.Fail($"{label}: a pass meets other points than PointNames says");
        }

        double[] gradientNorms = [.. expected.Select(point => fixture.ArrayOrNull($"{name}|point_gradient|{point}")).OfType<double[]>().Select(gradient => Comparison.Norm(gradient))];
        double largest = gradientNorms.Max();
        foreach (string point in expected.Intersect(actual, StringComparer.Ordinal))
        {
            into.Forward($"{label}: {point}", tape[point].Values, fixture.Array($"{name}|point|{point}"));
            if (fixture.ArrayOrNull($"{name}|point_gradient|{point}") is { } gradient)
            {
                into.Gradient($"{label}: gradient at {point}", tape[point].Gradient, gradient, largest);
            }
        }
    }

    private void CompareStatistics(Comparison into, string label, Transformer model)
    {
        if (fixture.ArrayOrNull(name + "|statistics") is not { } expected)
        {
            if (model.Statistics.Count > 0)
            {
                into.Fail($"{label}: the reference has no running statistics; the model has {string.Join(' ', model.Statistics.Select(statistic => statistic.Name))}");
            }

            return;
        }

        var statistics = model.Statistics.OrderBy(statistic => statistic.Name, StringComparer.Ordinal).ToList();
        string names = string.Join(' ', statistics.Select(statistic => statistic.Name));
        if (names != fixture.Metadata(name + "|statistics"))
        {
            into.Fail($"{label}: the running statistics are {names}; the reference has {fixture.Metadata(name + "|statistics")}");
            return;
        }

        int width = model.Settings.Width;
        for (int row = 0; row < statistics.Count; row++)
        {
            into.Statistic($"{label}: {statistics[row].Name}", statistics[row].Values, expected.AsSpan(row * width, width));
        }
    }

    private Transformer Build(string? norm)
    {
        var settings = TransformerSettings.FromJson(description.GetProperty("settings").GetRawText());
        var model = Transformer.Init(settings with { Norm = norm ?? settings.Norm }, new RandomSource(1));
        double matrixScale = description.GetProperty("matrix_scale").GetDouble();
        foreach (var storage in model.Parameters.Concat(model.Statistics))
        {
            Formula.Fill(storage.Name, storage.Values, matrixScale);
        }

        return model;
    }

    private TokenBatch Batch()
    {
        int sentences = description.GetProperty("batch").GetInt32();
        int vocabulary = description.GetProperty("settings").GetProperty("vocabulary").GetInt32();
        var batch = new TokenBatch(sentences, description.GetProperty("tokens").GetInt32()) { Mask = Mask("mask") };
        for (int i = 0; i < batch.Ids.Length; i++)
        {
            batch.Ids[i] = Formula.Id("ids", i, vocabulary);
            bool counted = Formula.Id("uncounted", i, 5) != 0 && (batch.Mask is null || batch.Mask.Real[i]);
            batch.Targets[i] = counted ? Formula.Id("targets", i, vocabulary) : -1;
        }

        if (description.TryGetProperty("source_tokens", out var tokens))
        {
            batch.Source = new TokenBatch(sentences, tokens.GetInt32()) { Mask = Mask("source_mask") };
            for (int i = 0; i < batch.Source.Ids.Length; i++)
            {
                batch.Source.Ids[i] = Formula.Id("source", i, vocabulary);
            }
        }

        return batch;
    }

    private PaddingMask? Mask(string key)
    {
        if (!description.TryGetProperty(key, out var text))
        {
            return null;
        }

        string[] rows = text.GetString()!.Split(' ');
        bool[] real = [.. string.Concat(rows).Select(letter => letter == '1')];
        return new PaddingMask(rows.Length, rows[0].Length, real);
    }
}
