using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>The values at the named points of one forward pass in inference mode, each a matrix of rows (sentence by sentence, position by position).</summary>
/// <param name="tape">The tape; replacements that are set on it take effect.</param>
/// <param name="model">The model.</param>
/// <param name="batch">What it reads.</param>
/// <param name="keep">The points to keep; all others are not copied.</param>
internal sealed class PassValues(Tape tape, Transformer model, TokenBatch batch, Func<string, bool> keep)
{
    private readonly PointCapture pass = PointCapture.Run(tape, model, batch, [.. model.PointNames.Where(keep)]);

    /// <summary>What was read.</summary>
    public TokenBatch Batch => pass.Batch;

    /// <summary>Features of the stream.</summary>
    public int Width { get; } = model.Settings.Width;

    /// <summary>Rows: sentences × positions.</summary>
    public int Rows => Batch.Batch * Batch.Length;

    /// <summary>Whether the pass met a point that was to be kept.</summary>
    public bool Has(string point) => pass.Has(point);

    /// <summary>All numbers of a point.</summary>
    public ReadOnlySpan<float> this[string point] => pass[point].Values;

    /// <summary>One row of a point.</summary>
    public ReadOnlySpan<float> Row(string point, int row) => pass[point].Row(row / Batch.Length, row % Batch.Length);
}
