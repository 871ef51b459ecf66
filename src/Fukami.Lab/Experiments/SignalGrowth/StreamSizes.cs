namespace Fukami.Lab;

/// <summary>How large a net's residual stream is: mean squares of a feature, over features and positions. Times the width, it is the mean squared norm.</summary>
/// <param name="Stream">In front of the first layer, then behind each; depth + 1 numbers.</param>
/// <param name="Sums">Of each layer's last sum before it is normalized, where it is; depth numbers.</param>
internal sealed record StreamSizes(double[] Stream, double[] Sums)
{
    /// <summary>The stream behind the last layer in units of that in front of the first.</summary>
    public double Growth => Stream[^1] / Stream[0];

    /// <summary>Root mean square of a feature behind the last layer.</summary>
    public double RootMeanSquare => Math.Sqrt(Stream[^1]);
}
