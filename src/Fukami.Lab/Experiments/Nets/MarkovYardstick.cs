using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// What a loss on a Markov source says of what a net has learned: it lies beside three losses on the very same text, those of one who knows
/// nothing, of one who knows how frequent the tokens are, and of one who knows the whole chain. The chance of the text is in all of them, so
/// it leaves their comparison. All in nats. (docs/experiments/depth-training.md §1)
/// </summary>
/// <param name="Nothing">ln V: all tokens alike.</param>
/// <param name="Frequencies">Mean of −ln π(next): about the stationary distribution's entropy.</param>
/// <param name="Chain">Mean of −ln P(next | token): about the entropy rate.</param>
internal sealed record MarkovYardstick(double Nothing, double Frequencies, double Chain)
{
    /// <summary>Knowledge from which on a net is nearer to the chain than to the frequencies: it has learned.</summary>
    public const double Learned = 0.5;

    /// <summary>The yardstick for a source's held-out examples.</summary>
    /// <param name="source">The source, of a decoder.</param>
    /// <param name="examples">So many of them, from the first on.</param>
    public static MarkovYardstick Of(MarkovSource source, int examples)
    {
        MarkovChain chain = source.Chain;
        TokenBatch batch = source.CreateBatch(Math.Min(examples, source.ValidationExamples));
        source.FillValidation(batch, 0);
        double known = 0, frequencies = 0;
        for (int i = 0; i < batch.Ids.Length; i++)
        {
            known -= ReproducibleMath.Log(chain.Probability(batch.Ids[i], batch.Targets[i]));
            frequencies -= ReproducibleMath.Log(chain.Stationary[batch.Targets[i]]);
        }

        return new MarkovYardstick(ReproducibleMath.Log(chain.Vocabulary), frequencies / batch.Ids.Length, known / batch.Ids.Length);
    }

    /// <summary>
    /// What a net of this loss knows: −1 nothing, 0 the tokens' frequencies, 1 the chain, in straight lines between. Whoever does worse than
    /// all tokens alike, or gives no number, counts as knowing nothing: to guess blindly takes no net.
    /// </summary>
    public double Knowledge(double loss) =>
        loss < Frequencies ? (Frequencies - loss) / (Frequencies - Chain)
        : loss < Nothing ? (Frequencies - loss) / (Nothing - Frequencies)
        : -1;

    /// <summary>A loss, or that of blind guessing where it is worse or no number.</summary>
    public double AtMostGuessing(double loss) => loss < Nothing ? loss : Nothing;
}
