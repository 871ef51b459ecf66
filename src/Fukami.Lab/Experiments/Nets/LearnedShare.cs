using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// How much of what there is to learn about a source a net has learned: 0 for a net that knows no more than how frequent each token is,
/// 1 for the least loss possible. Worse than 0, or a loss that is no number, counts as 0: nothing was learned.
/// </summary>
/// <param name="Unigram">The loss of the frequencies alone: the entropy of one token, in nats.</param>
/// <param name="Floor">The loss that no net can beat: the source's entropy rate, in nats.</param>
internal readonly record struct LearnedShare(double Unigram, double Floor)
{
    /// <summary>The scale of a Markov chain.</summary>
    public static LearnedShare On(MarkovChain chain) => new(Entropy([.. chain.Stationary]), chain.EntropyRate);

    /// <summary>−Σ p ln p in nats.</summary>
    public static double Entropy(ReadOnlySpan<double> probabilities)
    {
        double entropy = 0;
        foreach (double p in probabilities)
        {
            entropy -= p > 0 ? p * ReproducibleMath.Log(p) : 0;
        }

        return entropy;
    }

    /// <summary>The share of a loss: (H_unigram − loss)/(H_unigram − H_floor), at least 0.</summary>
    public double Of(double loss) => double.IsFinite(loss) ? Math.Max(0, (Unigram - loss) / (Unigram - Floor)) : 0;
}
