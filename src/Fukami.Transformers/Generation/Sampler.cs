using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// Draws a token from logits: temperature, then the k likeliest, then the likeliest that reach probability p. The same logits and the same
/// random number give the same token on every machine. Not thread-safe.
/// </summary>
/// <param name="settings">Temperature, top-k and top-p.</param>
public sealed class Sampler(GenerationSettings settings)
{
    /// <summary>Tokens that are selected at first for top-p.</summary>
    private const int FirstSelected = 64;

    /// <summary>Twice the relative rounding error that an addition can add to each of two sums of the same numbers: 4·2⁻⁵³.</summary>
    private const double MostRounding = 4.0 / (1L << 53);

    private readonly GenerationSettings settings = settings.Validate();
    private readonly LikeliestTokens likeliest = new();
    private double[] weights = [];

    /// <summary>The token.</summary>
    /// <param name="logits">One for each token; −∞ for a token that must not come.</param>
    /// <param name="uniform">A random number in [0, 1).</param>
    /// <exception cref="InvalidOperationException">A logit is NaN or +∞, or all are −∞: the model's training has diverged.</exception>
    public int Next(ReadOnlySpan<float> logits, float uniform)
    {
        int best = Likeliest(logits);
        if (settings.Temperature == 0)
        {
            return best;
        }

        Weigh(logits, logits[best]);
        return settings.TopK == 0 && settings.TopP == 1 ? Draw(weights, uniform) : DrawFromTop(uniform);
    }

    // The first of equals.
    private static int Likeliest(ReadOnlySpan<float> logits)
    {
        int best = 0;
        for (int token = 0; token < logits.Length; token++)
        {
            if (float.IsNaN(logits[token]))
            {
                throw NotFinite(token, logits[token]);
            }

            best = logits[token] > logits[best] ? token : best;
        }

        return float.IsFinite(logits[best]) ? best : throw NotFinite(best, logits[best]);
    }

    private static InvalidOperationException NotFinite(int token, float logit) =>
        new($"The logit of token {token} is {logit}; no token can be drawn. The model's training has probably diverged.");

    // exp((logit − highest)/temperature): softmax without its denominator.
    private void Weigh(ReadOnlySpan<float> logits, float highest)
    {
        if (weights.Length != logits.Length)
        {
            weights = new double[logits.Length];
        }

        for (int token = 0; token < logits.Length; token++)
        {
            weights[token] = ((double)logits[token] - highest) / settings.Temperature;
        }

        ReproducibleMath.Exp(weights, weights);
    }

    private int DrawFromTop(float uniform)
    {
        if (settings.TopK == 0 && FewThatReach() is { Length: > 0 } few)
        {
            return likeliest.Tokens[Draw(few, uniform)];
        }

        ReadOnlySpan<double> top = likeliest.Select(weights, settings.TopK == 0 ? weights.Length : Math.Min(settings.TopK, weights.Length));
        return likeliest.Tokens[Draw(top[..Reaching(top, Sum(top) * settings.TopP)], uniform)];
    }

    // The likeliest that reach probability p, without the order of all others. That probability is a share of a sum, whose last bits depend on
    // the order: where they could decide, none.
    private ReadOnlySpan<double> FewThatReach()
    {
        double total = Sum(weights);
        double error = total * weights.Length * MostRounding;
        for (int count = FirstSelected; count <= weights.Length / 4; count *= 8)
        {
            ReadOnlySpan<double> top = likeliest.Select(weights, count);
            int kept = Reaching(top, (total + error) * settings.TopP);
            if (kept < count)
            {
                return Reaching(top, (total - error) * settings.TopP) == kept ? top[..kept] : [];
            }
        }

        return [];
    }

    // How many of the first together reach a sum; all if they do not.
    private static int Reaching(ReadOnlySpan<double> top, double wanted)
    {
        double reached = top[0];
        int kept = 1;
        while (kept < top.Length && reached < wanted)
        {
            reached += top[kept++];
        }

        return kept;
    }

    private static double Sum(ReadOnlySpan<double> numbers)
    {
        double sum = 0;
        foreach (double number in numbers)
        {
            sum += number;
        }

        return sum;
    }

    // The first place at which the running sum passes the random share of the total.
    private static int Draw(ReadOnlySpan<double> weights, float uniform)
    {
        double wanted = Sum(weights) * uniform;
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
