using System.Numerics;

namespace Fukami.Tensors;

/// <summary>
/// A vector of single-precision numbers: the one vocabulary that all kernels are written in.
/// A kernel is generic over it and so exists for 512, 256 and 128 bits and for a single number (the tail of a row).
/// Every operation is one IEEE 754 operation a lane, so that a lane's bits do not depend on the width.
/// </summary>
internal unsafe interface IVector<V> :
    IAdditionOperators<V, V, V>, ISubtractionOperators<V, V, V>, IMultiplyOperators<V, V, V>, IDivisionOperators<V, V, V>,
    IUnaryNegationOperators<V, V>
    where V : struct, IVector<V>
{
    /// <summary>Lanes.</summary>
    static abstract int Count { get; }

    /// <summary>
    /// Count numbers from memory. At the end of a row a kernel may load beyond it and select what is real:
    /// all memory of tensors is followed by a line that may be read.
    /// </summary>
    static abstract V Load(float* source);

    /// <summary>Four neighbouring numbers of each of Count rows, turned: lane i of vector j is number j of row i.</summary>
    /// <param name="source">The first number of the first row.</param>
    /// <param name="row">Floats from one row to the next.</param>
    static abstract Four<V> LoadTurned(float* source, nint row);

    static abstract void Store(V vector, float* destination);

    /// <summary>As <see cref="Store"/>, straight to memory and past the caches; the place is a multiple of a vector's bytes.</summary>
    static abstract void StorePastCaches(V vector, float* destination);

    static abstract V Of(float value);

    /// <summary>a·b + c, rounded once.</summary>
    static abstract V FusedMultiplyAdd(V a, V b, V c);

    static abstract V Max(V a, V b);

    static abstract V Min(V a, V b);

    static abstract V Abs(V a);

    static abstract V Sqrt(V a);

    /// <summary>Rounded to the nearest whole number, ties to even.</summary>
    static abstract V Round(V a);

    /// <summary>2ⁿ for whole n in [−126, 127].</summary>
    static abstract V PowerOfTwo(V n);

    /// <summary>The unbiased exponent of a normal number, as a number.</summary>
    static abstract V Exponent(V a);

    /// <summary>A normal number's mantissa, in [1, 2).</summary>
    static abstract V Mantissa(V a);

    /// <summary>a's magnitude with b's sign.</summary>
    static abstract V CopySign(V a, V b);

    /// <summary>Where a &lt; b, x; elsewhere y.</summary>
    static abstract V SelectLess(V a, V b, V x, V y);

    /// <summary>Where a is not a number, x; elsewhere y.</summary>
    static abstract V SelectNaN(V a, V x, V y);

    /// <summary>The first <paramref name="count"/> lanes of x, the others of y.</summary>
    static abstract V SelectFirst(int count, V x, V y);

    /// <summary>The sum of the lanes by halves: lane i with lane i + Count/2, and so on.</summary>
    static abstract float FoldSum(V a);

    /// <summary>The largest lane.</summary>
    static abstract float FoldMax(V a);
}
