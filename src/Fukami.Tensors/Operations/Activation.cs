namespace Fukami.Tensors;

/// <summary>y = f(x), number by number.</summary>
internal sealed unsafe class Activation<F> : RowOperation
    where F : struct, IFunction
{
    public override void LookAhead(int step, bool isBackward, Worker worker)
    {
        if (isBackward)
        {
            LookAheadTo(Input, Output.Division, worker);
        }
    }

    protected override void ForwardPiece(int row, nint count) =>
        Widest.ForEach(new Map<F>(Input.Row(row), Output.Row(row), count));

    protected override void BackwardPiece(int row, nint count) =>
        Widest.ForEach(new MapBackward<F>(Input.Row(row), Output.GradientRow(row), At(InputGradient.From, Input, row), At(InputGradient.To, Input, row), count));
}
