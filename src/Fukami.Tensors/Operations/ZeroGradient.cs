namespace Fukami.Tensors;

/// <summary>A step of the backward pass alone: zeros in some columns of a gradient.</summary>
internal sealed unsafe class ZeroGradient : Operation
{
    public int FirstColumn;
    public int EndColumn;

    public override void Forward(int step, Worker worker) => throw new InvalidOperationException("This step belongs to backward passes.");

    public override void PlanBackward(Tape tape)
    {
        // The other columns may have been written in any way: everybody waits.
        tape.Schedule.ReadsAll(Output.GradientWritten);
        Output.GradientWritten = tape.Schedule.Add(this, 0, isBackward: true, Output.Division);
    }

    public override void Backward(int step, Worker worker)
    {
        var (first, end) = Output.Division.Part(worker);
        for (int row = first; row < end; row++)
        {
            new Span<float>(Output.GradientRow(row) + FirstColumn, EndColumn - FirstColumn).Clear();
        }
    }
}
