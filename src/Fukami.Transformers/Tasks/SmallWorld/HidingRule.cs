using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// How an encoder's tokens are hidden: each is asked for with a probability; of those that are, 80 % are shown as the mask, 10 % as any word, 10 % as they are. Where
/// chance asks for none, one is chosen. (Devlin et al. 2019)
/// </summary>
/// <param name="Asked">The probability.</param>
/// <param name="Mask">The mask's id, the first behind the words'.</param>
internal readonly record struct HidingRule(double Asked, int Mask)
{
    /// <summary>The probability that a word that is asked for is shown as this.</summary>
    public double ShownIfAsked(int seen, int word) => seen == Mask ? 0.8 : (0.1 / Mask) + (seen == word ? 0.1 : 0);

    /// <summary>The probability that a word is shown as this.</summary>
    public double Shown(int seen, int word) => (Asked * ShownIfAsked(seen, word)) + (seen == word ? 1 - Asked : 0);

    /// <summary>Of the positions that are asked for, the share that was chosen because chance had asked for none.</summary>
    /// <param name="length">Positions of an example.</param>
    public double ShareOfChosen(int length)
    {
        double chosen = ReproducibleMath.Pow(1 - Asked, length) / length;
        return chosen / (Asked + chosen);
    }
}
