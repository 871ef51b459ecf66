namespace Fukami.Tensors;

/// <summary>A step of the backward pass alone: adds a multiple of one cell's gradient to another's.</summary>
internal sealed unsafe class AddGradient : RowOperation
{
    public float Factor;

    protected override void ForwardPiece(int row, nint count) => throw new InvalidOperationException("This step belongs to backward passes.");

    protected override void BackwardPiece(int row, nint count) =>
        Widest.ForEach(new AddMultiple(At(InputGradient.From, Input, row), Factor, Output.GradientRow(row), At(InputGradient.To, Input, row), count));
}
