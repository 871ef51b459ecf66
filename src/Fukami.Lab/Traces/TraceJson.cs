using System.Text.Json;

namespace Fukami.Lab;

/// <summary>A trace as one JSON object (docs/trace.md). Numbers that JSON cannot write are the strings "NaN", "Infinity", "-Infinity".</summary>
public static class TraceJson
{
    /// <summary>Writes the trace as UTF-8, with a line feed at the end.</summary>
    public static void Write(TraceReport report, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(report);
        ReportJson.Write(stream, json =>
        {
            json.WriteStartObject();
            Model(json, report);
            Prompt(json, report.Prompt);
            Strings(json, "replaced", report.Replaced);
            List(json, "points", report.Points, point => Point(json, point));
            List(json, "identities", report.Identities, identity =>
            {
                json.WriteString("equation", identity.Equation);
                json.WriteNumber("places", identity.Places);
                Number(json, "largest_error", identity.LargestError);
                json.WriteBoolean("holds", identity.Holds);
            });
            List(json, "streams", report.Streams, stream =>
            {
                json.WriteString("name", stream.Name);
                json.WriteNumber("first_layer", stream.FirstLayer);
                Numbers(json, "means", stream.Means);
                Grid(json, "sizes", stream.Sizes);
            });
            List(json, "scales", report.Scales, scale =>
            {
                json.WriteString("name", scale.Name);
                Numbers(json, "means", scale.Means);
            });
            List(json, "attention", report.Attention, head => Head(json, head));
            List(json, "predictions", report.Predictions, prediction => Prediction(json, prediction));
            Options(json, report);
            json.WriteStartObject("memory_bytes");
            json.WriteNumber("weights", report.Memory.Weights);
            json.WriteNumber("asked", report.Memory.Asked);
            json.WriteNumber("held", report.Memory.Held);
            json.WriteEndObject();
            Number(json, "elapsed_seconds", report.ElapsedSeconds);
            json.WriteEndObject();
        });
    }

    private static void Model(Utf8JsonWriter json, TraceReport report)
    {
        json.WriteString("model", report.Model);
        json.WriteString("family", report.Family);
        json.WritePropertyName("settings");
        json.WriteRawValue(report.Settings.ToJson());
    }

    private static void Prompt(Utf8JsonWriter json, TracePrompt prompt)
    {
        json.WriteStartObject("prompt");
        json.WriteStartArray("ids");
        foreach (int id in prompt.Ids)
        {
            json.WriteNumberValue(id);
        }

        json.WriteEndArray();
        Strings(json, "tokens", prompt.Texts);
        json.WriteNumber("focus", prompt.Focus);
        json.WriteEndObject();
    }

    private static void Point(Utf8JsonWriter json, PointFigures point)
    {
        json.WriteString("name", point.Name);
        json.WriteStartArray("shape");
        foreach (int extent in point.Shape)
        {
            json.WriteNumberValue(extent);
        }

        json.WriteEndArray();
        Figures(json, point.Value);
        if (point.Gradient is { } gradient)
        {
            json.WriteStartObject("gradient");
            Figures(json, gradient);
            json.WriteEndObject();
        }
    }

    private static void Figures(Utf8JsonWriter json, NumberFigures figures)
    {
        json.WriteNumber("count", figures.Count);
        json.WriteNumber("hidden", figures.Hidden);
        Number(json, "mean", figures.Mean);
        Number(json, "variance", figures.Variance);
        Number(json, "norm", figures.Norm);
        Number(json, "minimum", figures.Minimum);
        Number(json, "maximum", figures.Maximum);
    }

    private static void Head(Utf8JsonWriter json, HeadFigures head)
    {
        json.WriteNumber("layer", head.Layer);
        json.WriteNumber("head", head.Head);
        Number(json, "entropy", head.Entropy);
        json.WriteNumber("looks_at", head.LooksAt);
        Number(json, "weight", head.Weight);
        json.WriteStartArray("row");
        foreach (float weight in head.Row)
        {
            Number(json, weight);
        }

        json.WriteEndArray();
    }

    private static void Prediction(Utf8JsonWriter json, PredictionFigures prediction)
    {
        json.WriteNumber("position", prediction.Position);
        List(json, "tokens", prediction.Guesses, guess =>
        {
            json.WriteNumber("token", guess.Token);
            json.WriteString("text", guess.Text);
            Number(json, "logit", guess.Logit);
            Number(json, "probability", guess.Probability);
            if (guess.Before is { } before)
            {
                Number(json, "probability_before", before);
            }
        });
    }

    // what is there only if it was asked for
    private static void Options(Utf8JsonWriter json, TraceReport report)
    {
        if (report.Gradient is { } gradient)
        {
            json.WriteStartObject("gradient");
            json.WriteString("of", gradient.Of);
            Number(json, "value", gradient.Value);
            Grid(json, "norms", gradient.Layers);
            Numbers(json, "direct_share", gradient.DirectShare);
            json.WriteEndObject();
        }

        if (report.Lens is { } lens)
        {
            json.WriteStartObject("lens");
            json.WriteBoolean("fixed_scale", lens.FixedScale);
            json.WriteStartArray("layers");
            foreach (IReadOnlyList<LensCell> layer in lens.Layers)
            {
                List(json, name: null, layer, cell =>
                {
                    json.WriteNumber("token", cell.Token);
                    json.WriteString("text", cell.Text);
                    Number(json, "probability", cell.Probability);
                    Number(json, "probability_of_final", cell.Final);
                });
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        if (report.Attribution is { } attribution)
        {
            json.WriteStartObject("attribution");
            json.WriteString("of", attribution.Of);
            json.WriteNumber("position", attribution.Position);
            Number(json, "logit", attribution.Logit);
            Number(json, "sum", attribution.Sum);
            List(json, "components", attribution.Components, component =>
            {
                json.WriteString("name", component.Name);
                Number(json, "value", component.Value);
            });
            json.WriteEndObject();
        }

        if (report.Heads is { } heads)
        {
            json.WriteStartObject("heads");
            json.WriteNumber("layer", heads.Layer);
            List(json, "outputs", heads.Outputs, output =>
            {
                json.WriteString("name", output.Name);
                Number(json, "norm", output.Norm);
                Number(json, "share", output.Share);
            });
            json.WriteEndObject();
        }

        if (report.Sweep is { } sweep)
        {
            json.WriteStartObject("sweep");
            json.WriteString("site", sweep.Site);
            json.WriteString("of", sweep.Of);
            Strings(json, "source_tokens", sweep.SourceTexts);
            Number(json, "source", sweep.Source);
            Number(json, "target", sweep.Target);
            Grid(json, "values", sweep.Values);
            json.WriteEndObject();
        }

        if (report.Fold is { } fold)
        {
            json.WriteStartObject("fold");
            Strings(json, "folded", fold.Folded);
            Strings(json, "kept", fold.Kept);
            Number(json, "logit_change", fold.LogitChange);
            json.WriteEndObject();
        }
    }

    private static void List<T>(Utf8JsonWriter json, string? name, IReadOnlyList<T> items, Action<T> write)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteStartArray();
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Strings(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Grid(Utf8JsonWriter json, string name, IReadOnlyList<IReadOnlyList<double>> rows)
    {
        json.WriteStartArray(name);
        foreach (IReadOnlyList<double> row in rows)
        {
            json.WriteStartArray();
            foreach (double number in row)
            {
                Number(json, number);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void Numbers(Utf8JsonWriter json, string name, IReadOnlyList<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (double number in numbers)
        {
            Number(json, number);
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double number)
    {
        json.WritePropertyName(name);
        Number(json, number);
    }

    private static void Number(Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
        }
    }
}
