namespace Fukami.Transformers;

/// <summary>A tensor to be written to a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its extents, outermost first.</param>
/// <param name="Fill">Gives its numbers from a place on, as many as the span holds.</param>
internal sealed record WrittenTensor(string Name, IReadOnlyList<long> Shape, WrittenTensor.Numbers Fill)
{
    /// <summary>Gives numbers of a tensor.</summary>
    /// <param name="first">The first one's place.</param>
    /// <param name="destination">Where they go.</param>
    public delegate void Numbers(long first, Span<float> destination);

    /// <summary>How many numbers it holds.</summary>
    public long Count => Shape.Aggregate(1L, (product, extent) => product * extent);
}
