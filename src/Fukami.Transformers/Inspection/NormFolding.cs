using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// Folding: a normalization's γ and β go into the linear map that reads it, (γ∘x̂ + β)·W + b = x̂·(γ∘W) + (β·W + b), so that weights can be compared without
/// them. The logits stay the same but for rounding. (Elhage et al. 2021)
/// </summary>
public static class NormFolding
{
    /// <summary>
    /// Folds every normalization that only linear maps read: those in front of sublayers and of the output weights, which are untied from the embedding for it.
    /// Those on the stream itself stay, but for the last, which the head alone reads; of a sandwich the second stays. The skip path's sum reads these too.
    /// </summary>
    /// <param name="model">The model; it stays as it is.</param>
    /// <exception cref="InspectionException">It has no such normalization.</exception>
    public static FoldedModel Fold(Transformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var plan = new FoldPlan(model);
        if (plan.Steps.Count == 0)
        {
            throw new InspectionException($"Nothing can be folded: in a net with residual={model.Settings.Residual} and norm={model.Settings.Norm} no normalization with a gain is read by linear maps alone; give one with normalizations in front of its sublayers.");
        }

        Transformer folded = Copy(model, plan);
        foreach (FoldStep step in plan.Steps)
        {
            Fold(folded, step);
        }

        string[] norms = [.. plan.Steps.Select(step => step.Norm)];
        IEnumerable<string> all = model.Parameters.Where(p => p.Name.EndsWith(".gain", StringComparison.Ordinal)).Select(p => p.Name[..^".gain".Length]);
        return new FoldedModel(folded, norms, [.. all.Except(norms, StringComparer.Ordinal)]);
    }

    private static Transformer Copy(Transformer model, FoldPlan plan)
    {
        TransformerSettings settings = model.Settings;
        bool biased(Func<string, bool> map) => plan.Steps.Exists(step => model.HasParameter($"{step.Norm}.bias") && step.Maps.Any(map));
        Transformer copy = Transformer.Blank(settings with
        {
            QkvBias = settings.QkvBias || biased(static map => map.Contains(".attn.", StringComparison.Ordinal) || map.Contains(".cross.", StringComparison.Ordinal)),
            FeedForwardBias = settings.FeedForwardBias || biased(static map => map.Contains(".mlp.", StringComparison.Ordinal)),
            OutputBias = settings.OutputBias || biased(static map => map is "unembed"),
            Tied = settings.Tied && !plan.ReachesOutput,
        });
        foreach (Storage storage in (IEnumerable<Storage>)[.. copy.Parameters, .. copy.Statistics])
        {
            if (storage.Name is "unembed.weight" && settings.Tied)
            {
                Transpose(model.Parameter("embed.weight")!.Values, storage.Values, settings.Vocabulary, settings.Width);
            }
            else if (model.Storage(storage.Name) is { } source)
            {
                source.Values.CopyTo(storage.Values);
            }
        }

        return copy;
    }

    private static void Fold(Transformer model, FoldStep step)
    {
        Span<float> gain = model.Parameter($"{step.Norm}.gain")!.Values;
        Span<float> shift = model.Parameter($"{step.Norm}.bias") is { } beta ? beta.Values : default;
        foreach (string map in step.Maps)
        {
            Parameter weight = model.Parameter($"{map}.weight")!; // (in, out)
            Span<float> bias = model.Parameter($"{map}.bias") is { } b ? b.Values : default;
            var moved = new double[weight.Shape[1]]; // β·W
            for (int i = 0; i < weight.Shape[0]; i++)
            {
                Span<float> row = weight.Values.Slice(i * moved.Length, moved.Length);
                float factor = gain[i] + step.GainOffset;
                for (int j = 0; j < row.Length; j++)
                {
                    moved[j] += (shift.IsEmpty ? 0 : step.Factor * shift[i]) * row[j];
                    row[j] *= factor;
                }
            }

            for (int j = 0; j < bias.Length; j++)
            {
                bias[j] = (float)(bias[j] + moved[j]);
            }
        }

        gain.Fill(1 - step.GainOffset);
        shift.Clear();
    }

    // (rows, columns) becomes (columns, rows)
    private static void Transpose(ReadOnlySpan<float> from, Span<float> to, int rows, int columns)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                to[(column * rows) + row] = from[(row * columns) + column];
            }
        }
    }
}
