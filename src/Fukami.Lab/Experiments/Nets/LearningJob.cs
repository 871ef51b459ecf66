using System.Globalization;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>A net to be trained for a short while and then held against what its source has to teach.</summary>
/// <param name="Name">What is trained, for the progress.</param>
/// <param name="Net">Its settings.</param>
/// <param name="Training">How it is trained.</param>
/// <param name="Seed">Draws the weights and the examples: nets of one seed differ in nothing but their settings.</param>
internal sealed record LearningJob(string Name, TransformerSettings Net, ShortTraining Training, long Seed)
{
    // enough tokens that the sampling error of the loss is about a hundredth
    private const int HeldOutTokens = 4096;

    /// <summary>Held-out examples, from the first on, on which the loss is measured.</summary>
    public int HeldOut => Math.Max(1, HeldOutTokens / Net.Length);

    /// <summary>The work.</summary>
    /// <param name="source">Makes the source, which is not thread-safe, with its scale.</param>
    /// <param name="prepare">Asks the tape for replacements; they are taken back afterwards.</param>
    public Trial<LearningFinding> On(Func<(ITrainingSource Source, LearnedShare Share)> source, Action<Tape>? prepare = null) => new(
        NetOperations.Training(Net, Training.Batch, Training.Steps) + NetOperations.Forward(Net, HeldOut),
        Math.Max(MemoryBudget.OfNet(Net, Training.Batch, copies: 4), MemoryBudget.OfNet(Net, HeldOut)),
        context => Measure(context, source(), prepare),
        found => Say(Training.Steps, found.Loss));

    private LearningFinding Measure(TrialContext context, (ITrainingSource Source, LearnedShare Share) task, Action<Tape>? prepare)
    {
        Tape tape = context.Tape;
        try
        {
            prepare?.Invoke(tape);
            var random = new RandomSource((ulong)Seed);
            Transformer model = Transformer.Init(Net, random.Split("weights"));
            double[] losses = Training.Train(
                tape, model, task.Source, random.Split("training"), context.Cancellation,
                (step, loss) => context.Tell(step / (Training.Steps + 1.0), Say(step, loss)));
            double held = ShortTraining.HeldOutLoss(tape, model, task.Source, HeldOut);
            return new LearningFinding(held, task.Share.Of(held), losses);
        }
        finally
        {
            tape.ClearReplacements();
        }
    }

    private LocalizedText Say(int step, double loss)
    {
        string figure = loss.ToString("0.00", CultureInfo.InvariantCulture);
        return new LocalizedText(
            $"{Name}, {Net.Depth} layers, seed {Seed}: loss {figure} after {step} steps",
            $"{Name}、{Net.Depth} 層、シード {Seed}: {step} ステップ後の損失 {figure}");
    }
}
