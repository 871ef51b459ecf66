namespace Fukami.Transformers;

/// <summary>
/// DeepNorm's α, the weight of the skip path, and β, the factor on the initial weights of feed-forward, value and output projections.
/// (Wang et al. 2022, table of figure 2)
/// </summary>
/// <param name="Alpha">α.</param>
/// <param name="Beta">β.</param>
public readonly record struct DeepNormConstants(double Alpha, double Beta)
{
    /// <summary>The constants of a stack: encoder-only or decoder-only of L layers, or a part of an encoder-decoder of N and M layers.</summary>
    public static DeepNormConstants Of(StackRole stack)
    {
        double own = stack.Depth, partner = stack.PartnerDepth;
        if (stack.PartnerDepth == 0)
        {
            return new(FourthRoot(2 * own), 1 / FourthRoot(8 * own));
        }

        if (stack.Crosses)
        {
            return new(FourthRoot(3 * own), 1 / FourthRoot(12 * own));
        }

        double root = FourthRoot(FourthRoot(own * own * own * own * partner)); // (N⁴M)^(1/16)
        return new(0.81 * root, 0.87 / root);
    }

    // Square roots are the same on every machine; powers of the C library need not be.
    private static double FourthRoot(double x) => Math.Sqrt(Math.Sqrt(x));
}
