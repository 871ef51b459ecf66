using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>The gradients of one pass of one net, by layer. Norms are Euclidean, over all positions of the batch.</summary>
/// <param name="Hidden">‖∂L/∂x‖ of the residual stream: at the input of the first layer, then behind each layer; depth + 1 numbers.</param>
/// <param name="Weight">‖∂L/∂W‖ of the feed-forward's second matrix, by layer; depth numbers.</param>
/// <param name="Direct">The norm of the part of each hidden gradient that came through skip paths alone; depth + 1 numbers.</param>
/// <param name="DirectShare">That part's projection on the whole, ⟨direct, whole⟩/‖whole‖²: with the rest's it sums to one; depth + 1 numbers.</param>
internal sealed record GradientProfile(double[] Hidden, double[] Weight, double[] Direct, double[] DirectShare)
{
    /// <summary>Layers.</summary>
    public int Depth => Weight.Length;

    /// <summary>The first layer's gradient in units of the last one's.</summary>
    public double FirstOverLast => Hidden[0] / Hidden[^1];

    /// <summary>What the skip paths alone carry from the last layer's output to the first one's input, in units of what entered them.</summary>
    public double DirectGain => Direct[0] / Direct[^1];

    /// <summary>The geometric factor by which the hidden gradient changes on its way down through one layer.</summary>
    public LineFit HiddenFit => FitDownwards(Hidden);

    /// <summary>The same of the part through skip paths alone.</summary>
    public LineFit DirectFit => FitDownwards(Direct);

    // below this, single numbers of the gradient are subnormal and have lost their digits
    private const double LeastExact = 1e-35;

    // log norm against the number of layers that the gradient has come through
    private static LineFit FitDownwards(double[] norms)
    {
        var passed = new double[norms.Length];
        var logarithms = new double[norms.Length];
        for (int i = 0; i < norms.Length; i++)
        {
            passed[i] = norms.Length - 1 - i;
            logarithms[i] = norms[i] < LeastExact ? double.NaN : ReproducibleMath.Log(norms[i]);
        }

        return LineFit.Through(passed, logarithms);
    }
}
