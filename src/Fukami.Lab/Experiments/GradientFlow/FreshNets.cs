using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// Fresh nets and random texts. The same seed gives every arrangement and depth the same draws and the same text, so that they differ
/// in nothing else. A net that was given back is filled again for the next job of its settings instead of built again. Thread-safe.
/// </summary>
/// <param name="draws">The randomness of each seed.</param>
internal sealed class FreshNets(SeedDraws draws)
{
    private const long MostKept = 64_000_000; // numbers: 256 MB, and as much again for gradients

    private readonly Dictionary<TransformerSettings, Stack<Transformer>> idle = [];
    private readonly Lock gate = new();
    private long kept;

    /// <summary>The net of a job.</summary>
    public Transformer Take(GradientFlowJob job)
    {
        Transformer? model = null;
        lock (gate)
        {
            if (idle.TryGetValue(job.Net, out Stack<Transformer>? nets) && nets.TryPop(out model))
            {
                kept -= model.ParameterCount;
            }
        }

        model ??= Transformer.Blank(job.Net);
        draws.Initialize(model, job.Seed);
        return model;
    }

    /// <summary>Gives a net back for other jobs.</summary>
    public void GiveBack(Transformer model)
    {
        lock (gate)
        {
            if (kept + model.ParameterCount > MostKept)
            {
                return;
            }

            kept += model.ParameterCount;
            if (!idle.TryGetValue(model.Settings, out Stack<Transformer>? nets))
            {
                nets = new Stack<Transformer>();
                idle.Add(model.Settings, nets);
            }

            nets.Push(model);
        }
    }

    /// <summary>The text of a job.</summary>
    public TokenBatch Text(GradientFlowJob job) => RandomText.Of(job.Batch, job.Net.Length, job.Net.Vocabulary, draws.Random(job.Seed).Split("text"));
}
