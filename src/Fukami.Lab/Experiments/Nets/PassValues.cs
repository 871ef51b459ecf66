using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>The values at the named points of one forward pass in inference mode, each a matrix of rows (sentence by sentence, position by position).</summary>
internal sealed class PassValues
{
    private readonly Dictionary<string, (float[] Values, int Columns)> points = new(StringComparer.Ordinal);

    /// <summary>Runs the pass.</summary>
    /// <param name="tape">The tape; replacements that are set on it take effect.</param>
    /// <param name="model">The model.</param>
    /// <param name="batch">What it reads.</param>
    /// <param name="keep">The points to keep; all others are not copied.</param>
    public PassValues(Tape tape, Transformer model, TokenBatch batch, Func<string, bool> keep)
    {
        (Batch, Width) = (batch, model.Settings.Width);
        tape.Begin();
        model.Forward(tape, batch);
        tape.Run();
        foreach ((Point point, Tensor tensor) in tape.Points)
        {
            if (keep(point.Name))
            {
                points[point.Name] = (tensor.Values.ToArray(), tensor.Shape.Columns);
            }
        }
    }

    /// <summary>What was read.</summary>
    public TokenBatch Batch { get; }

    /// <summary>Features of the stream.</summary>
    public int Width { get; }

    /// <summary>Rows: sentences × positions.</summary>
    public int Rows => Batch.Batch * Batch.Length;

    /// <summary>Whether the pass met a point that was to be kept.</summary>
    public bool Has(string point) => points.ContainsKey(point);

    /// <summary>All numbers of a point.</summary>
    public ReadOnlySpan<float> this[string point] => points[point].Values;

    /// <summary>One row of a point.</summary>
    public ReadOnlySpan<float> Row(string point, int row)
    {
        (float[] values, int columns) = points[point];
        return values.AsSpan(row * columns, columns);
    }
}
