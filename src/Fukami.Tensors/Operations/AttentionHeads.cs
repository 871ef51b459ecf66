namespace Fukami.Tensors;

/// <summary>
/// Extents that the operations of attention share, and where a head's rows lie.
/// Work is dealt by group: the query heads of one sentence that share a key head.
/// </summary>
internal readonly record struct AttentionHeads(int Batch, int Heads, int KeyHeads, int Queries, int Keys, int Width)
{
    /// <summary>Query rows that are done in one product, so that causal attention can leave out most of what it may not see.</summary>
    public const int QueryBlock = 32;

    /// <summary>Query heads that share a key head.</summary>
    public int GroupHeads => Heads / KeyHeads;

    public int Groups => Batch * KeyHeads;

    /// <summary>Groups dealt to threads, as rows of scores: (batch, head, query).</summary>
    public Division Division => Division.OfGroups(Groups, GroupHeads * Queries);

    /// <summary>The worker's groups, [first, end).</summary>
    public (int First, int End) Part(Worker worker) => worker.Share(Groups);

    /// <summary>One head's columns of (batch, length, heads · width) rows.</summary>
    public unsafe Matrix HeadOf(Cell cell, float* memory, int sentence, int head) =>
        new(memory + (sentence * cell.SentenceStride) + ((nint)head * Width), cell.Stride);

    /// <summary>The (query, key) matrix of one head.</summary>
    public unsafe Matrix SquareOf(float* memory, int sentence, int head) =>
        new(memory + ((((nint)sentence * Heads) + head) * Queries * Keys), Keys);

    /// <summary>Keys that queries before <paramref name="endQuery"/> may see.</summary>
    public int Visible(int endQuery, int diagonal) => (int)Math.Clamp((long)endQuery + diagonal, 0, Keys);

    /// <summary>Asks for the heads of a worker's groups in rows that other threads may have written.</summary>
    public unsafe void Prefetch(Cell cell, float* memory, int heads, int length, Worker worker)
    {
        int columns = heads / KeyHeads * Width;
        var (first, end) = Part(worker);
        for (int group = first; group < end; group++)
        {
            var (sentence, keyHead) = Math.DivRem(group, KeyHeads);
            Prefetching.AskForAll(memory + (sentence * cell.SentenceStride) + ((nint)keyHead * columns), cell.Stride, length, columns);
        }
    }
}
