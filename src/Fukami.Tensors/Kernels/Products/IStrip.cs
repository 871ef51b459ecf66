namespace Fukami.Tensors;

/// <summary>One, two or three vectors side by side: the width of a tile of the matrix product.</summary>
internal unsafe interface IStrip<S>
    where S : struct, IStrip<S>
{
    /// <summary>Vectors side by side.</summary>
    static abstract int Vectors { get; }

    /// <summary>Numbers.</summary>
    static abstract int Count { get; }

    static abstract S Zero { get; }

    static abstract S Load(float* source);

    /// <summary>Writes the strip, through the caches or (to a place that is a multiple of a cache line) past them.</summary>
    static abstract void Store(S strip, float* destination, bool pastCaches);

    /// <summary>Asks for the line that a later step reads, and for the one behind it where a term of the sums takes long enough for two.</summary>
    static abstract void AskForLater(float* next);

    /// <summary>Asks for the memory of a strip that will be needed soon.</summary>
    static abstract void Prefetch(float* source);

    static abstract S Add(S a, S b);

    /// <summary>x·b + c with one number x for all lanes.</summary>
    static abstract S FusedMultiplyAdd(float* x, S b, S c);
}
