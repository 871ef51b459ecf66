using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Finds where numbers stopped being numbers.</summary>
internal static class NonFinite
{
    /// <summary>The first named point, in the order of the forward pass, with a value that is not finite; null if there is none.</summary>
    public static string? FirstValue(Tape tape)
    {
        foreach ((Point point, Tensor tensor) in tape.Points)
        {
            // what a query may not see has the score −∞, and rightly
            bool masked = point.Name.EndsWith("attn_scores", StringComparison.Ordinal);
            if (!IsFinite(tensor.Values, masked))
            {
                return point.Name;
            }
        }

        return null;
    }

    /// <summary>The named point or parameter where, from the loss backward, the first gradient is not finite; null if there is none.</summary>
    public static string? LastGradient(Tape tape, IReadOnlyList<Parameter> parameters)
    {
        IReadOnlyList<(Point Point, Tensor Tensor)> points = tape.Points;
        for (int i = points.Count - 1; i >= 0; i--)
        {
            if (!IsFinite(points[i].Tensor.Gradient, negativeInfinityAllowed: false))
            {
                return points[i].Point.Name;
            }
        }

        for (int i = parameters.Count - 1; i >= 0; i--)
        {
            if (!IsFinite(parameters[i].Gradient, negativeInfinityAllowed: false))
            {
                return parameters[i].Name;
            }
        }

        return null;
    }

    private static bool IsFinite(ReadOnlySpan<float> values, bool negativeInfinityAllowed)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value) && !(negativeInfinityAllowed && float.IsNegativeInfinity(value)))
            {
                return false;
            }
        }

        return true;
    }
}
