using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>One of the nets to compare: a recurrent stack or the Transformer.</summary>
/// <param name="Name">As the setting <c>nets</c> names it.</param>
/// <param name="Recurrent">The recurrent stack, or null.</param>
/// <param name="Transformer">The Transformer, or null.</param>
internal sealed record RnnDepthNet(string Name, RecurrentSettings? Recurrent, TransformerSettings? Transformer)
{
    /// <summary>The names, in the order of the report.</summary>
    public static IReadOnlyList<string> Names { get; } = ["elman", "lstm", "gru", "residual-elman", "residual-lstm", "residual-gru", "transformer"];

    /// <summary>Layers.</summary>
    public int Depth => Recurrent?.Depth ?? Transformer!.Depth;

    /// <summary>Time steps.</summary>
    public int Length => Recurrent?.Length ?? Transformer!.Length;

    /// <summary>Features.</summary>
    public int Width => Recurrent?.Width ?? Transformer!.Width;

    /// <summary>Roughly how many floating-point operations the measurement of one seed takes.</summary>
    public double Operations(int batch)
    {
        if (Transformer is not null)
        {
            return 9 * NetOperations.Forward(Transformer, batch);
        }

        RecurrentSettings r = Recurrent!;
        double gates = r.Cell switch { "lstm" => 4, "gru" => 3, _ => 1 };
        double step = (2.0 * batch * r.Width * ((gates * 2 * r.Width) + r.Vocabulary)) + 20_000; // recording an operation costs time too
        return 9 * step * r.Depth * r.Length;
    }

    /// <summary>Roughly how many bytes it takes.</summary>
    public double Bytes(int batch)
    {
        if (Transformer is not null)
        {
            return MemoryBudget.OfNet(Transformer, batch);
        }

        RecurrentSettings r = Recurrent!;
        double gates = r.Cell switch { "lstm" => 4, "gru" => 3, _ => 1 };
        double weights = (gates * 2 * r.Width * r.Width * r.Depth) + (2.0 * r.Vocabulary * r.Width);
        double kept = (double)batch * r.Length * ((r.Depth * (4 + (4 * gates)) * r.Width) + (2 * r.Vocabulary));
        return sizeof(float) * 2 * (weights + kept);
    }
}
