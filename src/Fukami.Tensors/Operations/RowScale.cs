namespace Fukami.Tensors;

/// <summary>The scale of each row: its deviation from the mean (centred) or from 0.</summary>
internal sealed unsafe class RowScale : Operation
{
    public Cell Input = null!;
    public bool IsCentred;
    public float Epsilon;
    public float* Mean;
    private GradientTarget target;

    public override void Forward(int step, Worker worker)
    {
        var (first, end) = Output.Division.Part(worker);
        Widest.Run(new RowScales(Input.Row(first), Input.Stride, end - first, Input.Columns, IsCentred, Epsilon, Mean + first, Output.Value + first));
    }

    public override void PlanBackward(Tape tape)
    {
        var schedule = tape.Schedule;
        schedule.ReadsPart(Output.GradientWritten, Output.Division);
        target = tape.Claim(Input, Output.Division);
        if (target.IsWanted)
        {
            Input.GradientWritten = schedule.Add(this, 0, isBackward: true, Output.Division);
        }
    }

    public override void Backward(int step, Worker worker)
    {
        var (first, end) = Output.Division.Part(worker);
        nint offset = first * Input.Stride;
        Widest.Run(new RowScalesBackward(
            Input.Row(first), Input.Stride, end - first, Input.Columns, Mean + first, Output.Value + first, Output.Gradient + first,
            target.From == null ? null : target.From + offset, target.To + offset, Input.Stride));
    }
}
