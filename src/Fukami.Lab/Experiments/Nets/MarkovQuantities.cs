namespace Fukami.Lab;

/// <summary>Quantities of the experiments that train on a Markov source.</summary>
internal static class MarkovQuantities
{
    /// <summary>What a trained net knows; see <see cref="MarkovYardstick.Knowledge"/>.</summary>
    public static readonly Quantity Knowledge = new(
        "knowledge", new("what the net knows (−1: nothing, 0: tokens' frequencies, 1: the chain)", "習得度（−1: 何も知らない、0: トークンの頻度、1: 連鎖そのもの）"), "", Logarithmic: false);
}
