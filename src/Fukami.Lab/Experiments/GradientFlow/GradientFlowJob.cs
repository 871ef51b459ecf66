using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>One net to measure: its whole profile, or its last layer alone.</summary>
internal sealed record GradientFlowJob(Arrangement Arrangement, TransformerSettings Net, int Seed, bool Profile, int Batch)
{
    /// <summary>Roughly how many bytes it takes: weights with their gradients, and what every layer keeps for the backward pass.</summary>
    public double Bytes => MemoryBudget.OfNet(Net, Batch);

    /// <summary>Roughly how many floating-point operations it takes.</summary>
    /// <remarks>Forward and backward, and forward again for the direct path; the last layer alone needs hardly any backward.</remarks>
    public double Operations => NetOperations.Forward(Net, Batch) * (Profile ? 4 : 1);
}
