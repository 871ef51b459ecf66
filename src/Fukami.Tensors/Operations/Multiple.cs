namespace Fukami.Tensors;

/// <summary>y = factor·x.</summary>
internal sealed unsafe class Multiple : RowOperation
{
    public float Factor;

    protected override void ForwardPiece(int row, nint count) =>
        Widest.ForEach(new AddMultiple(null, Factor, Input.Row(row), Output.Row(row), count));

    protected override void BackwardPiece(int row, nint count) =>
        Widest.ForEach(new AddMultiple(At(InputGradient.From, Input, row), Factor, Output.GradientRow(row), At(InputGradient.To, Input, row), count));
}
