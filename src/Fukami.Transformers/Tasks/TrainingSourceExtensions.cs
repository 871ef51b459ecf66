namespace Fukami.Transformers;

/// <summary>What every <see cref="ITrainingSource"/> can do.</summary>
public static class TrainingSourceExtensions
{
    /// <summary>A batch of the right shape for this many examples of a source.</summary>
    public static TokenBatch CreateBatch(this ITrainingSource source, int examples)
    {
        var batch = new TokenBatch(examples, source.Length);
        if (source.SourceLength > 0)
        {
            batch.Source = new TokenBatch(examples, source.SourceLength);
        }

        return batch;
    }
}
