using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>What a normalization made of its rows, held against its formula (docs/experiments/anatomy.md §2).</summary>
internal sealed class NormCheck
{
    private const double Unit = 1.0 / 16_777_216; // half a unit in the last place of single precision

    /// <summary>Looks at all rows of one normalization.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="model">The model, for γ and β.</param>
    /// <param name="norm">The normalization.</param>
    public NormCheck(PassValues pass, Transformer model, LayerPlan.Normalized norm)
    {
        (Norm, Centres) = (norm, model.Settings.Norm is "layer");
        ReadOnlySpan<float> gain = Parameter(model, $"{norm.Name}.gain"), bias = Parameter(model, $"{norm.Name}.bias");
        double epsilon = model.Settings.Epsilon, worstGain = 1;
        for (int i = 0; i < bias.Length; i++)
        {
            worstGain = Math.Max(worstGain, 1 + Math.Abs(bias[i] / (double)gain[i]));
        }

        var standard = new double[pass.Width];
        SmallestVariance = double.PositiveInfinity;
        for (int row = 0; row < pass.Rows; row++)
        {
            RowStatistics input = RowStatistics.Of(pass.Row(norm.Input, row));
            ReadOnlySpan<float> output = pass.Row($"{norm.Name}.normalized", row);
            for (int i = 0; i < standard.Length; i++)
            {
                standard[i] = (output[i] - (bias.IsEmpty ? 0 : (double)bias[i])) / gain[i];
            }

            RowStatistics normalized = RowStatistics.Of(standard);

            // centred: the variance; not centred: the mean of squares
            double before = Centres ? input.Variance : input.Norm * input.Norm / pass.Width;
            double after = Centres ? normalized.Variance : normalized.Norm * normalized.Norm / pass.Width;
            double expected = before / (before + epsilon);
            double tolerance = Unit * (pass.Width + 4) * (1 + (Math.Abs(input.Mean) / Math.Sqrt(before + epsilon))) * worstGain;
            Mean = Math.Max(Mean, Math.Abs(normalized.Mean));
            Deviation = Math.Max(Deviation, Math.Abs((after / expected) - 1));
            Tolerance = Math.Max(Tolerance, tolerance);
            SmallestVariance = Math.Min(SmallestVariance, after);
            (AverageMean, AverageVariance, AverageExpected, AverageNorm) = (
                AverageMean + (normalized.Mean / pass.Rows), AverageVariance + (after / pass.Rows), AverageExpected + (expected / pass.Rows), AverageNorm + (normalized.Norm / pass.Rows));
        }
    }

    /// <summary>The normalization.</summary>
    public LayerPlan.Normalized Norm { get; }

    /// <summary>Whether it subtracts the mean.</summary>
    public bool Centres { get; }

    /// <summary>The largest |mean| of a row before γ and β.</summary>
    public double Mean { get; }

    /// <summary>The largest |variance/(σ²/(σ² + ε)) − 1| of a row before γ and β.</summary>
    public double Deviation { get; }

    /// <summary>What single precision can do to either.</summary>
    public double Tolerance { get; }

    /// <summary>The smallest variance of a row before γ and β.</summary>
    public double SmallestVariance { get; }

    /// <summary>The mean over rows, before γ and β.</summary>
    public double AverageMean { get; }

    /// <summary>The mean of rows' variances, before γ and β.</summary>
    public double AverageVariance { get; }

    /// <summary>The mean of σ²/(σ² + ε).</summary>
    public double AverageExpected { get; }

    /// <summary>The mean of rows' norms, before γ and β.</summary>
    public double AverageNorm { get; }

    private static ReadOnlySpan<float> Parameter(Transformer model, string name)
    {
        foreach (Tensors.Parameter parameter in model.Parameters)
        {
            if (string.Equals(parameter.Name, name, StringComparison.Ordinal))
            {
                return parameter.Values;
            }
        }

        return [];
    }
}
