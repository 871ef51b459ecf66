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

        double sum = 0;
        var ranked = new PriorityQueue<int, (float Logit, int Before)>();
        for (int token = 0; token < logits.Length; token++)
        {
            sum += ReproducibleMath.Exp((double)logits[token] - largest);
            ranked.Enqueue(token, (logits[token], -token));
            if (ranked.Count > count)
            {
                ranked.Dequeue();
            }
        }

        var top = new TokenGuess[ranked.Count];
        for (int i = top.Length - 1; i >= 0; i--)
        {
            int token = ranked.Dequeue();
            top[i] = new TokenGuess(token, logits[token], ReproducibleMath.Exp((double)logits[token] - largest) / sum);
        }

        return top;
    }
}
