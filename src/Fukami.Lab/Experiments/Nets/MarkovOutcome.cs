namespace Fukami.Lab;

/// <summary>What a training on a Markov source came to. Losses in nats.</summary>
/// <param name="Losses">The training loss of every step, before its change.</param>
/// <param name="HeldOut">The trained net's loss on held-out text.</param>
/// <param name="Yardstick">What that means.</param>
internal sealed record MarkovOutcome(double[] Losses, double HeldOut, MarkovYardstick Yardstick)
{
    /// <summary>What the trained net knows: −1 nothing, 0 the tokens' frequencies, 1 the chain.</summary>
    public double Knowledge => Yardstick.Knowledge(HeldOut);
}
