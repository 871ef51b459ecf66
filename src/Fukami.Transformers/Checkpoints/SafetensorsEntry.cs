namespace Fukami.Transformers;

/// <summary>One tensor of a safetensors file: what the header says of it, checked.</summary>
/// <param name="Name">Its name, for example <c>blocks.0.attn.out.weight</c>.</param>
/// <param name="Type">The element type as the file names it: F32, F16, BF16, I64, …</param>
/// <param name="Shape">The extents, outermost first; empty for a single number.</param>
/// <param name="Offset">Where its bytes begin, from the beginning of the file.</param>
/// <param name="Bytes">How many bytes it takes.</param>
public sealed record SafetensorsEntry(string Name, string Type, IReadOnlyList<long> Shape, long Offset, long Bytes)
{
    /// <summary>How many numbers it holds.</summary>
    public long Count => Shape.Aggregate(1L, (product, extent) => product * extent);

    /// <summary>The extents as a person writes them: (2, 8, 64).</summary>
    public string ShapeText => $"({string.Join(", ", Shape)})";
}
