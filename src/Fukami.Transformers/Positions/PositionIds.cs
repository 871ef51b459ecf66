namespace Fukami.Transformers;

/// <summary>The positions of a batch as ids. The arrays are kept, so that the next batch of the same extents needs no new one.</summary>
/// <param name="context">Positions of the context.</param>
internal sealed class PositionIds(int context)
{
    private readonly int[] sentence = [.. Enumerable.Range(0, context)];
    private Repeated? last;

    /// <summary>firstPosition, firstPosition + 1, … for each sentence.</summary>
    public ReadOnlySpan<int> Of(int batch, int length, int firstPosition)
    {
        if (batch == 1)
        {
            return sentence.AsSpan(firstPosition, length);
        }

        // Another pass may put its own array here meanwhile; each keeps the one that it holds.
        Repeated repeated = last is { } kept && kept.Length == length && kept.First == firstPosition && kept.Batch >= batch
            ? kept
            : last = new Repeated(batch, length, firstPosition);
        return repeated.Ids.AsSpan(0, batch * length);
    }

    private sealed class Repeated
    {
        public Repeated(int batch, int length, int first)
        {
            (Batch, Length, First, Ids) = (batch, length, first, new int[batch * length]);
            for (int i = 0; i < Ids.Length; i++)
            {
                Ids[i] = first + (i % length);
            }
        }

        public int Batch { get; }

        public int Length { get; }

        public int First { get; }

        public int[] Ids { get; }
    }
}
