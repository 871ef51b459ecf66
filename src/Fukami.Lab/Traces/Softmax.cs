using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>Shares of a softmax over one row of logits, in double precision.</summary>
internal static class Softmax
{
    /// <summary>A token's share.</summary>
    public static double Of(ReadOnlySpan<float> logits, int token)
    {
        float largest = logits[Likeliest(logits)];
        return ReproducibleMath.Exp((double)logits[token] - largest) / Total(logits, largest);
    }

    /// <summary>The token with the largest logit; of equals the first.</summary>
    public static int Likeliest(ReadOnlySpan<float> logits)
    {
        int most = 0;
        for (int token = 1; token < logits.Length; token++)
        {
            most = logits[token] > logits[most] ? token : most;
        }

        return most;
    }

    /// <summary>Σ exp(logit − largest).</summary>
    public static double Total(ReadOnlySpan<float> logits, float largest)
    {
        double total = 0;
        foreach (float logit in logits)
        {
            total += ReproducibleMath.Exp((double)logit - largest);
        }

        return total;
    }
}
