using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>One short training on a Markov source, and what it came to.</summary>
/// <param name="Net">The net.</param>
/// <param name="Training">How it is trained.</param>
/// <param name="Temperature">Of the chain.</param>
internal sealed record MarkovTraining(TransformerSettings Net, ShortTraining Training, double Temperature)
{
    /// <summary>Tokens of the held-out text that the trained net is measured on.</summary>
    private const int HeldOutTokens = 1024;

    /// <summary>Roughly how many floating-point operations it takes.</summary>
    public double Operations => NetOperations.Training(Net, Training.Batch, Training.Steps) + NetOperations.Forward(Net, HeldOutExamples);

    /// <summary>Roughly how many bytes it takes.</summary>
    public double Bytes => MemoryBudget.OfNet(Net, Math.Max(Training.Batch, HeldOutExamples / 2), copies: 4);

    private int HeldOutExamples => Math.Max(1, HeldOutTokens / Net.Length);

    /// <summary>
    /// Trains the net of a seed. The same seed gives every net the same chain, the same examples in the same order, and, where they have them
    /// in common, the same initial weights.
    /// </summary>
    /// <param name="tape">Where it runs.</param>
    /// <param name="draws">The randomness of each seed.</param>
    /// <param name="seed">The seed's number, from 0.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <param name="afterStep">Called after each step, with its number from 1 and its loss.</param>
    public MarkovOutcome Run(Tape tape, SeedDraws draws, int seed, CancellationToken cancellation, Action<int, double>? afterStep = null)
    {
        var source = new MarkovSource("decoder", Net.Vocabulary, Net.Length, Temperature, draws.Number(seed));
        Transformer model = Transformer.Blank(Net);
        draws.Initialize(model, seed);
        double[] losses = Training.Train(tape, model, source, draws.Random(seed).Split("training"), cancellation, afterStep);
        return new MarkovOutcome(losses, ShortTraining.HeldOutLoss(tape, model, source, HeldOutExamples), MarkovYardstick.Of(source, HeldOutExamples));
    }
}
