using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// Fresh nets and random texts. The same seed gives every arrangement and depth the same draws and the same text, so that they differ
/// in nothing else. Thread-safe.
/// </summary>
/// <param name="draws">The randomness of each seed.</param>
internal sealed class FreshNets(SeedDraws draws)
{
    /// <summary>The net of a job, in the place of the last one that was in this memory.</summary>
    public Transformer Of(GradientFlowJob job, Workspace space)
    {
        space.TakeStoragesBack();
        Transformer model = Transformer.Blank(job.Net, space);
        draws.Initialize(model, job.Seed);
        return model;
    }

    /// <summary>The text of a job.</summary>
    public TokenBatch Text(GradientFlowJob job) => RandomText.Of(job.Batch, job.Net.Length, job.Net.Vocabulary, draws.Random(job.Seed).Split("text"));
}
