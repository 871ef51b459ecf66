namespace Fukami.Tensors;

/// <summary>Softmax over the last axis.</summary>
internal sealed unsafe class SoftmaxOfRows : Operation
{
    public Cell Input = null!;
    private GradientTarget target;

    public override void Forward(int step, Worker worker)
    {
        var (first, end) = Output.Division.Part(worker);
        for (int row = first; row < end; row++)
        {
            Widest.Run(new SoftmaxRows(Input.Row(row), Output.Row(row), Output.Columns, Visible(row)));
        }
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
        for (int row = first; row < end; row++)
        {
            nint offset = row * Input.Stride;
            Widest.Run(new SoftmaxRowsBackward(Output.Row(row), Output.GradientRow(row), target.From == null ? null : target.From + offset, target.To + offset, Output.Columns, Visible(row)));
        }
    }

    private int Visible(int row) => Output.Diagonal == Cell.SeesAll
        ? Output.Columns
        : Math.Clamp((row % Output.Shape[^2]) + 1 + Output.Diagonal, 0, Output.Columns);
}
