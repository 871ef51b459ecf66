namespace Fukami.Tensors;

/// <summary>Some columns of a tensor, in its memory.</summary>
internal sealed unsafe class ColumnsView : Operation
{
    public Cell Input = null!;
    private GradientTarget target;

    public override void Forward(int step, Worker worker)
    {
        // Nothing to do: the values are where they are.
    }

    public override void PlanBackward(Tape tape)
    {
        if (Output.Gradient == Input.Gradient + Output.FirstColumn)
        {
            Input.GradientWritten = Written.Later(Output.GradientWritten, Input.GradientWritten);
            return;
        }

        var schedule = tape.Schedule;
        schedule.ReadsPart(Output.GradientWritten, Input.Division);
        target = tape.Claim(Input, Input.Division);
        if (target.IsWanted)
        {
            Input.GradientWritten = schedule.Add(this, 0, isBackward: true, Input.Division);
        }
    }

    public override void Backward(int step, Worker worker)
    {
        var (first, end) = Input.Division.Part(worker);
        for (int row = first; row < end; row++)
        {
            float* to = target.To + (row * Input.Stride);
            if (target.From == null)
            {
                new Span<float>(to, Input.Columns).Clear();
            }
            else if (target.From != target.To)
            {
                new ReadOnlySpan<float>(target.From + (row * Input.Stride), Input.Columns).CopyTo(new Span<float>(to, Input.Columns));
            }

            to += Output.FirstColumn;
            Widest.ForEach(new Sum(to, Output.GradientRow(row), to, Output.Columns));
        }
    }
}
