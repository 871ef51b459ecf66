using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>The value of a named point in one pass, and its gradient if the pass went backward.</summary>
public sealed class CapturedPoint
{
    private readonly float[] values;
    private readonly float[] gradient;

    internal CapturedPoint(string name, Shape shape, float[] values, float[] gradient) =>
        (Name, Shape, this.values, this.gradient) = (name, shape, values, gradient);

    /// <summary>The point's full name.</summary>
    public string Name { get; }

    /// <summary>The value's shape.</summary>
    public Shape Shape { get; }

    /// <summary>The numbers, row by row.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <summary>The gradient with respect to each number; empty if there was no backward pass, or if the metric does not depend on this point.</summary>
    public ReadOnlySpan<float> Gradient => gradient;

    /// <summary>The numbers of one position (query) of one sentence.</summary>
    /// <param name="sentence">The sentence, from 0.</param>
    /// <param name="position">The position, from 0.</param>
    /// <param name="head">In (batch, heads, query, key): the head.</param>
    public ReadOnlySpan<float> Row(int sentence, int position, int head = 0) => values.AsSpan(Start(sentence, position, head), Shape.Columns);

    /// <summary>The gradient of one position (query) of one sentence; empty if there is none.</summary>
    /// <param name="sentence">The sentence, from 0.</param>
    /// <param name="position">The position, from 0.</param>
    /// <param name="head">In (batch, heads, query, key): the head.</param>
    public ReadOnlySpan<float> GradientRow(int sentence, int position, int head = 0) =>
        gradient.Length == 0 ? default : gradient.AsSpan(Start(sentence, position, head), Shape.Columns);

    private int Start(int sentence, int position, int head)
    {
        int heads = Shape.Rank == 4 ? Shape[1] : 1;
        if ((uint)sentence >= (uint)Shape[0] || (uint)head >= (uint)heads || (uint)position >= (uint)Shape[^2])
        {
            throw new ArgumentOutOfRangeException(nameof(position), $"Sentence {sentence}, position {position}, head {head} was asked for of {Name}, whose shape is {Shape}.");
        }

        return ((((sentence * heads) + head) * Shape[^2]) + position) * Shape.Columns;
    }
}
