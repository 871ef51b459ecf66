namespace Fukami.Tensors;

/// <summary>Softmax over the last axis.</summary>
internal sealed unsafe class SoftmaxOfRows : Operation
{
    public Cell Input = null!;
    private GradientTarget target;

    public override void Forward(int step, Worker worker)
    {
        var (first, end) = Output.Division.Part(worker);
        Widest.Run(new SoftmaxRows(Input.Row(first), Output.Row(first), first, end - first, Output.Columns, Queries, Output.Diagonal));
    }

    public override void PlanBackward(Tape tape)
    {
        tape.Schedule.ReadsPart(Output.GradientWritten, Output.Division);
        target = tape.Claim(Input, Output.Division);
        if (target.IsWanted)
        {
            Input.GradientWritten = tape.Schedule.Add(this, 0, isBackward: true, Output.Division);
        }
    }

    public override void Backward(int step, Worker worker)
    {
        var (first, end) = Output.Division.Part(worker);
        nint offset = first * Input.Stride;
        Widest.Run(new SoftmaxRowsBackward(
            Output.Row(first), Output.GradientRow(first), target.From == null ? null : target.From + offset, target.To + offset,
            first, end - first, Output.Columns, Queries, Output.Diagonal));
    }

    private int Queries => Output.Shape.Rank >= 2 ? Output.Shape[^2] : 1;
}
