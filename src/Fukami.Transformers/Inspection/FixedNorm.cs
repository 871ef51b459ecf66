using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// A normalization at one position with its statistics held fixed at what they were in a pass: y = M·x + b. Figures are in double precision.
/// </summary>
internal sealed class FixedNorm
{
    private readonly bool centred;
    private readonly double[] factor; // γ/scale
    private readonly double[] mean; // μ of each feature

    private FixedNorm(bool centred, double[] factor, double[] mean, double[] shift) => (this.centred, this.factor, this.mean, Shift) = (centred, factor, mean, shift);

    /// <summary>β.</summary>
    public double[] Shift { get; }

    /// <summary>The point that a pass must capture for it, if it needs one.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">The normalization's name, such as <c>blocks.3.ln1</c>.</param>
    public static string? PointOf(Transformer model, string name) => model.HasPoint($"{name}.scale") ? $"{name}.scale" : null;

    /// <summary>A model's normalization in a pass.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pass">The pass.</param>
    /// <param name="name">The normalization's name, such as <c>blocks.3.ln1</c>.</param>
    /// <param name="sentence">The sentence.</param>
    /// <param name="position">The position.</param>
    /// <exception cref="InspectionException">It is not linear even with its statistics fixed.</exception>
    public static FixedNorm Of(Transformer model, PointCapture pass, string name, int sentence, int position)
    {
        NormalizationKind kind = Normalizations.Find(model.Settings);
        int width = model.Settings.Width;
        var (factor, mean) = (new double[width], new double[width]);
        double scale = kind.Form is FixedForm.CentredRows or FixedForm.Rows ? pass[$"{name}.scale"].Row(sentence, position)[0] : 1;
        ReadOnlySpan<float> gain = Values(model, $"{name}.gain");
        for (int i = 0; i < width; i++)
        {
            factor[i] = gain.IsEmpty ? 1 : ((double)gain[i] + kind.GainOffset) / scale;
        }

        switch (kind.Form)
        {
            case FixedForm.Bent:
                throw new InspectionException($"What {name} makes of a sum is not the sum of what it makes of the parts: norm={kind.Name} is not linear even with its statistics held fixed; use a net with another normalization.");
            case FixedForm.Columns:
                ReadOnlySpan<float> means = Values(model, $"{name}.running_mean");
                ReadOnlySpan<float> variances = means.IsEmpty ? Values(model, $"{name}.running_square") : Values(model, $"{name}.running_variance");
                for (int i = 0; i < width; i++)
                {
                    mean[i] = means.IsEmpty ? 0 : means[i];
                    factor[i] /= Math.Sqrt((double)variances[i] + model.Settings.Epsilon);
                }

                break;
        }

        var shift = new double[width];
        ReadOnlySpan<float> bias = Values(model, $"{name}.bias");
        for (int i = 0; i < bias.Length; i++)
        {
            shift[i] = bias[i];
        }

        return new FixedNorm(kind.Form is FixedForm.CentredRows, factor, mean, shift);
    }

    /// <summary>d·M: the direction in front of the normalization that a direction behind it reads; and what β and μ alone give, d·b.</summary>
    /// <param name="direction">d, (width).</param>
    public (double[] Direction, double Constant) Pull(ReadOnlySpan<double> direction)
    {
        var pulled = new double[direction.Length];
        double sum = 0, constant = 0;
        for (int i = 0; i < pulled.Length; i++)
        {
            pulled[i] = direction[i] * factor[i];
            sum += pulled[i];
            constant += (direction[i] * Shift[i]) - (pulled[i] * mean[i]);
        }

        if (centred)
        {
            for (int i = 0; i < pulled.Length; i++)
            {
                pulled[i] -= sum / pulled.Length;
            }
        }

        return (pulled, constant);
    }

    /// <summary>M·x, without b: what a part of the sum becomes.</summary>
    /// <param name="part">x, (width).</param>
    public void Map(Span<double> part)
    {
        double sum = 0;
        foreach (double number in part)
        {
            sum += number;
        }

        double middle = centred ? sum / part.Length : 0;
        for (int i = 0; i < part.Length; i++)
        {
            part[i] = (part[i] - middle) * factor[i];
        }
    }

    /// <summary>b, (width): β less what the running means take away.</summary>
    public double[] Constant()
    {
        var constant = (double[])Shift.Clone();
        for (int i = 0; i < constant.Length; i++)
        {
            constant[i] -= mean[i] * factor[i];
        }

        return constant;
    }

    private static ReadOnlySpan<float> Values(Transformer model, string name)
    {
        Storage? storage = model.Storage(name);
        return storage is null ? default : storage.Values;
    }
}
