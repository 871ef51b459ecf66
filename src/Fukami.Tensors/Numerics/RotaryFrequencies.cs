using System.Collections.Immutable;

namespace Fukami.Tensors;

/// <summary>How fast each pair of features turns with the position, in radians a position. Equal if all frequencies are.</summary>
public sealed class RotaryFrequencies : IEquatable<RotaryFrequencies>
{
    private readonly ImmutableArray<double> frequencies;

    private RotaryFrequencies(ImmutableArray<double> frequencies) => this.frequencies = frequencies;

    /// <summary>Pairs of features.</summary>
    public int Pairs => frequencies.Length;

    /// <summary>A pair's frequency.</summary>
    public double this[int pair] => frequencies[pair];

    /// <summary>θ^(−2i/width) for pair i of width/2. (Su et al. 2021)</summary>
    /// <param name="width">Features that turn; of an odd number the last stays.</param>
    /// <param name="theta">θ, the base; 10000 is usual.</param>
    public static RotaryFrequencies Geometric(int width, double theta)
    {
        int half = width / 2;
        return new([.. Enumerable.Range(0, half).Select(i => ReproducibleMath.Pow(theta, -(double)i / half))]);
    }

    /// <summary>Frequencies that a function makes of these.</summary>
    public RotaryFrequencies Select(Func<double, double> change) => new([.. frequencies.Select(change)]);

    /// <inheritdoc/>
    public bool Equals(RotaryFrequencies? other) => ReferenceEquals(this, other) || (other is not null && frequencies.AsSpan().SequenceEqual(other.frequencies.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RotaryFrequencies);

    /// <inheritdoc/>
    public override int GetHashCode() => frequencies.IsEmpty ? 0 : HashCode.Combine(frequencies.Length, frequencies[^1]);
}
