using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// What takes the place of the value at a named point during a forward pass, at all positions or at some. Gradients flow where nothing was replaced; the
/// replaced value has a gradient of its own at the point. A score of −∞ (a key that may not be seen) stays −∞ whatever is put in.
/// </summary>
/// <param name="Point">The point's full name, such as <c>blocks.3.attn_out</c>.</param>
public abstract record Intervention(string Point)
{
    /// <summary>The positions at which it acts, from 0, of the queries at scores and patterns; none given: all.</summary>
    public IReadOnlyList<int>? Positions { get; init; }

    /// <summary>The head that it acts on; none given: all that stands at the point.</summary>
    public AttentionHead? Head { get; init; }

    /// <summary>From now on replaces what passes on the tape bring to the point, behind interventions there that were applied before; <see cref="Tape.ClearReplacements"/> takes it back.</summary>
    /// <param name="tape">The tape.</param>
    public void Apply(Tape tape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        tape.ReplaceFurther(Point, Replace);
    }

    /// <summary>Checks that a model has the point.</summary>
    /// <exception cref="InspectionException">It has not.</exception>
    public void Check(Transformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        PointNames.Check(model, Point);
    }

    /// <summary>Writes what takes the place of the value: as many numbers as it has.</summary>
    /// <param name="pass">The value's shape and which rows are replaced.</param>
    /// <param name="current">What stands there; whoever looks at it makes the pass run up to here.</param>
    /// <param name="values">The numbers, zeros at first; rows that are not replaced are not looked at.</param>
    protected abstract void Fill(in ReplacedRows pass, Tensor current, Span<float> values);

    /// <summary>What goes on in the place of a value.</summary>
    /// <param name="current">The value.</param>
    private protected virtual Tensor Replace(Tensor current)
    {
        var rows = new ReplacedRows(Point, current.Shape, Positions, Head);
        var values = new float[checked((int)current.Shape.Count)];
        Fill(rows, current, values);
        return rows.IsWhole
            ? current.Tape.Input(values, current.Shape)
            : current.WithPart(values, rows.Marked(), rows.FirstColumn, rows.Columns, keepsHidden: Point.EndsWith(".attn_scores", StringComparison.Ordinal));
    }
}
