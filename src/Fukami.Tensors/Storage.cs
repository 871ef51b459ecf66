namespace Fukami.Tensors;

/// <summary>
/// A named array of numbers that outlives a pass: a parameter, a running statistic, an optimizer's moment.
/// It owns 64-byte aligned native memory and gives it back when it is collected; nobody disposes it.
/// Not thread-safe.
/// </summary>
public class Storage
{
    /// <summary>Zeros of the given shape.</summary>
    public Storage(string name, Shape shape) => throw new NotImplementedException();

    /// <summary>The name under which a checkpoint keeps it, for example <c>blocks.0.attn.out.weight</c>.</summary>
    public string Name { get; } = "";

    /// <summary>The extents.</summary>
    public Shape Shape { get; }

    /// <summary>The numbers, row by row.</summary>
    public Span<float> Values => throw new NotImplementedException();
}
