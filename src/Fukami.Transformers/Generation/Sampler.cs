using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// Draws a token from logits: temperature, then the k likeliest, then the likeliest that reach probability p. The same logits and the same
/// random number give the same token on every machine. Not thread-safe.
/// </summary>
/// <param name="settings">Temperature, top-k and top-p.</param>
public sealed class Sampler(GenerationSettings settings)
{
    private readonly GenerationSettings settings = settings.Validate();
    private double[] weights = [];
    private int[] order = [];

    /// <summary>The token.</summary>
    /// <param name="logits">One for each token; −∞ for a token that must not come.</param>
    /// <param name="uniform">A random number in [0, 1).</param>
    /// <exception cref="InvalidOperationException">A logit is NaN or +∞, or all are −∞: the model's training has diverged.</exception>
    public int Next(ReadOnlySpan<float> logits, float uniform)
    {
        int likeliest = Likeliest(logits);
        if (settings.Temperature == 0)
        {
            return likeliest;
        }

        Weigh(logits, logits[likeliest]);
        return settings.TopK == 0 && settings.TopP == 1 ? Draw(weights, uniform) : order[DrawFromTop(uniform)];
    }

    // The first of equals.
    private static int Likeliest(ReadOnlySpan<float> logits)
    {
        int likeliest = 0;
        for (int token = 0; token < logits.Length; token++)
        {
            if (float.IsNaN(logits[token]))
            {
                throw NotFinite(token, logits[token]);
            }

            likeliest = logits[token] > logits[likeliest] ? token : likeliest;
        }

        return float.IsFinite(logits[likeliest]) ? likeliest : throw NotFinite(likeliest, logits[likeliest]);
    }

    private static InvalidOperationException NotFinite(int token, float logit) =>
        new($"The logit of token {token} is {logit}; no token can be drawn. The model's training has probably diverged.");

    // exp((logit − highest)/temperature): softmax without its denominator.
    private void Weigh(ReadOnlySpan<float> logits, float highest)
    {
        if (weights.Length != logits.Length)
        {
            (weights, order) = (new double[logits.Length], new int[logits.Length]);
        }

        for (int token = 0; token < logits.Length; token++)
        {
            weights[token] = float.IsNegativeInfinity(logits[token]) ? 0 : ReproducibleMath.Exp(((double)logits[token] - highest) / settings.Temperature);
        }
    }

    private int DrawFromTop(float uniform)
    {
        for (int token = 0; token < order.Length; token++)
        {
            (order[token], weights[token]) = (token, -weights[token]);
        }

        // Negated weights sort from the likeliest down; equals must stand in a fixed order too.
        Array.Sort(weights, order);
        SortEqualsById();
        int count = settings.TopK == 0 ? order.Length : Math.Min(settings.TopK, order.Length);
        Span<double> top = weights.AsSpan(0, count);
        double total = 0;
        for (int i = 0; i < count; i++)
        {
            total += top[i] = -top[i];
        }

        double wanted = total * settings.TopP;
        double reached = top[0];
        int kept = 1;
        while (kept < count && reached < wanted)
        {
            reached += top[kept++];
        }

        return Draw(top[..kept], uniform);
    }

    private void SortEqualsById()
    {
        for (int first = 0, end; first < order.Length; first = end)
        {
            for (end = first + 1; end < order.Length && weights[end] == weights[first]; end++)
            {
            }

            order.AsSpan(first, end - first).Sort();
        }
    }

    // The first place at which the running sum passes the random share of the total.
    private static int Draw(ReadOnlySpan<double> weights, float uniform)
    {
        double total = 0;
        foreach (double weight in weights)
        {
            total += weight;
        }

        double wanted = total * uniform;
        double reached = 0;
        int last = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0)
            {
                reached += weights[i];
                last = i;
                if (reached > wanted)
                {
                    break;
                }
            }
        }

        return last;
    }
}
