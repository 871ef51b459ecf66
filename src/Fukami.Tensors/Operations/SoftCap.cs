namespace Fukami.Tensors;

/// <summary>y = c·tanh(x/c); −∞ stays −∞.</summary>
internal sealed unsafe class SoftCap : RowOperation
{
    public float Bound;

    protected override void ForwardPiece(int row, nint count) =>
        Widest.ForEach(new SoftCapMap(Input.Row(row), Output.Row(row), Bound, count));

    protected override void BackwardPiece(int row, nint count) =>
        Widest.ForEach(new SoftCapBackward(Output.Row(row), Output.GradientRow(row), At(InputGradient.From, Input, row), At(InputGradient.To, Input, row), Bound, count));
}
