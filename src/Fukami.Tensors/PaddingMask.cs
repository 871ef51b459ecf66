namespace Fukami.Tensors;

/// <summary>Which positions of a batch hold a token (true) and which are padding (false). Shape (batch, length).</summary>
public sealed class PaddingMask
{
    private readonly bool[] real;

    /// <summary>A mask of the given positions, sentence after sentence.</summary>
    public PaddingMask(int batch, int length, ReadOnlySpan<bool> real)
    {
        if (real.Length != (long)batch * length)
        {
            throw new ArgumentException($"A padding mask of {batch} sentences × {length} positions needs {(long)batch * length} entries; {real.Length} were given.", nameof(real));
        }

        (Batch, Length, this.real) = (batch, length, real.ToArray());
    }

    /// <summary>Sentences.</summary>
    public int Batch { get; }

    /// <summary>Positions of each sentence, padding included.</summary>
    public int Length { get; }

    /// <summary>The entries, sentence after sentence.</summary>
    public ReadOnlySpan<bool> Real => real;

    /// <summary>Sentences of the given lengths, padded at the end.</summary>
    public static PaddingMask FromLengths(ReadOnlySpan<int> lengths, int length)
    {
        var entries = new bool[lengths.Length * length];
        for (int sentence = 0; sentence < lengths.Length; sentence++)
        {
            entries.AsSpan(sentence * length, lengths[sentence]).Fill(true);
        }

        return new PaddingMask(lengths.Length, length, entries);
    }
}
