using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// Fresh nets and random texts for one thread. The same seed gives every arrangement and depth the same draws and the same text, so that they differ
/// in nothing else. A net of the same settings is filled again instead of built again.
/// </summary>
/// <param name="draws">The randomness of each seed.</param>
internal sealed class FreshNets(SeedDraws draws)
{
    private const long MostKept = 32_000_000; // numbers: 128 MB and as much again for gradients

    private readonly Dictionary<TransformerSettings, Transformer> nets = [];
    private long kept;

    /// <summary>The net and the text of a job. They are good until the next call.</summary>
    public (Transformer Model, TokenBatch Text) Of(GradientFlowJob job)
    {
        if (!nets.TryGetValue(job.Net, out Transformer? model))
        {
            model = Transformer.Blank(job.Net);
            kept += model.ParameterCount;
            if (kept < MostKept)
            {
                nets.Add(job.Net, model);
            }
        }

        draws.Initialize(model, job.Seed);
        return (model, RandomText(job.Batch, job.Net.Length, job.Net.Vocabulary, draws.Random(job.Seed).Split("text")));
    }

    /// <summary>Random tokens with random targets.</summary>
    public static TokenBatch RandomText(int sentences, int length, int vocabulary, RandomSource random)
    {
        var batch = new TokenBatch(sentences, length);
        RandomSource ids = random.Split("ids"), targets = random.Split("targets");
        for (int i = 0; i < batch.Ids.Length; i++)
        {
            batch.Ids[i] = ids.Below((ulong)i, vocabulary);
            batch.Targets[i] = targets.Below((ulong)i, vocabulary);
        }

        return batch;
    }
}
