namespace Fukami.Tensors;

/// <summary>
/// A named point of the computation, such as <c>blocks.3.attn.q</c>: its value and gradient can be read after a pass,
/// and its value replaced during one. Made once, when the model is built.
/// </summary>
public sealed class Point(string name)
{
    /// <summary>The full name.</summary>
    public string Name { get; } = name;

    /// <summary>The full name.</summary>
    public override string ToString() => Name;
}
