using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Tokens by their logits.</summary>
public static class Guesses
{
    /// <summary>The likeliest tokens, the likeliest first; of equals the one of lower id.</summary>
    /// <param name="logits">One row of logits, (vocabulary).</param>
    /// <param name="count">How many, at most as many as there are.</param>
    public static IReadOnlyList<TokenGuess> Top(ReadOnlySpan<float> logits, int count)
    {
        if (count < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(count), $"{count} tokens were asked for; ask for at least 1.");
        }

        float largest = float.NegativeInfinity;
        foreach (float logit in logits)
        {
            largest = Math.Max(largest, logit);
        }

        double[] weights = new double[logits.Length];
        for (int token = 0; token < logits.Length; token++)
        {
            weights[token] = (double)logits[token] - largest;
        }

        ReproducibleMath.Exp(weights, weights);
        double sum = 0;
        var ranked = new PriorityQueue<int, (float Logit, int Before)>();
        for (int token = 0; token < logits.Length; token++)
        {
            sum += weights[token];
            var rank = (logits[token], -token);
            if (ranked.Count < count)
            {
                ranked.Enqueue(token, rank);
            }
            else if (ranked.TryPeek(out _, out var last) && rank.CompareTo(last) > 0)
            {
                ranked.DequeueEnqueue(token, rank);
            }
        }

        var top = new TokenGuess[ranked.Count];
        for (int i = top.Length - 1; i >= 0; i--)
        {
            int token = ranked.Dequeue();
            top[i] = new TokenGuess(token, logits[token], weights[token] / sum);
        }

        return top;
    }
}
