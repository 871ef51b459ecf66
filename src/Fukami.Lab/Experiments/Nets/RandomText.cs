using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>Text that means nothing: what is measured on it is the net's own.</summary>
internal static class RandomText
{
    /// <summary>Random tokens with random targets.</summary>
    public static TokenBatch Of(int sentences, int length, int vocabulary, RandomSource random)
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
