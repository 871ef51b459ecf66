namespace Fukami.Tensors;

/// <summary>y = a + b. Both get the gradient as it is.</summary>
internal sealed unsafe class Addition : RowOperation
{
    public override void PlanBackward(Tape tape)
    {
        tape.PassOn(Output, Input);
        tape.PassOn(Output, Other!);
    }

    protected override void ForwardPiece(int row, nint count) =>
        Widest.ForEach(new Sum(Input.Row(row), Other!.Row(row), Output.Row(row), count));

    protected override void BackwardPiece(int row, nint count) => throw new InvalidOperationException("An addition passes its gradient on.");
}
