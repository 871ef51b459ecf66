using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>A model's running statistics as they were, to put back what passes in training mode have moved since.</summary>
internal sealed class RunningStatistics
{
    private readonly IReadOnlyList<Storage> statistics;
    private readonly float[][] kept;

    /// <summary>Takes down the statistics of a model.</summary>
    public RunningStatistics(Transformer model) => (statistics, kept) = (model.Statistics, [.. model.Statistics.Select(s => s.Values.ToArray())]);

    /// <summary>Puts them back.</summary>
    public void Restore()
    {
        for (int i = 0; i < kept.Length; i++)
        {
            kept[i].CopyTo(statistics[i].Values);
        }
    }
}
