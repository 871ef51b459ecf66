namespace Fukami.Tensors;

/// <summary>
/// A counter-based random generator (Philox 4×32-10, Salmon et al. 2011): draw number i is a pure function of the key and of i,
/// so it does not matter who draws, in which order or on which thread. A value; splitting gives independent sources.
/// </summary>
public readonly record struct RandomSource
{
    /// <summary>The source of a seed.</summary>
    public RandomSource(ulong seed) => throw new NotImplementedException();

    /// <summary>An independent source for a part with this number.</summary>
    public RandomSource Split(ulong part) => throw new NotImplementedException();

    /// <summary>An independent source for a part with this name.</summary>
    public RandomSource Split(string part) => throw new NotImplementedException();

    /// <summary>32 random bits, draw number <paramref name="index"/>.</summary>
    public uint Bits(ulong index) => throw new NotImplementedException();

    /// <summary>Uniform in [0, 1), a multiple of 2⁻²⁴.</summary>
    public float Uniform(ulong index) => throw new NotImplementedException();

    /// <summary>Standard normal, by the inverse of the distribution function.</summary>
    public float Normal(ulong index) => throw new NotImplementedException();

    /// <summary>A whole number in [0, bound).</summary>
    public int Below(ulong index, int bound) => throw new NotImplementedException();

    /// <summary>Normal draws 0, 1, 2, … times a standard deviation.</summary>
    public void FillNormal(Span<float> destination, float deviation) => throw new NotImplementedException();

    /// <summary>Uniform draws 0, 1, 2, … in [low, high).</summary>
    public void FillUniform(Span<float> destination, float low, float high) => throw new NotImplementedException();
}
