namespace Fukami.Tensors;

/// <summary>y = α·x with one learned α.</summary>
internal sealed unsafe class LearnedMultiple : Operation
{
    public Cell Input = null!;
    public Cell Factor = null!;
    public float* Dots;
    private GradientTarget inputGradient;
    private GradientTarget factorGradient;

    public override void Forward(int step, Worker worker)
    {
        var (first, end) = Output.Division.Part(worker);
        for (int row = first; row < end; row++)
        {
            Widest.ForEach(new AddMultiple(null, *Factor.Value, Input.Row(row), Output.Row(row), Output.Columns));
        }
    }

    public override void PlanBackward(Tape tape)
    {
        var schedule = tape.Schedule;
        schedule.ReadsPart(Output.GradientWritten, Output.Division);
        inputGradient = tape.Claim(Input, Output.Division);
        var written = schedule.Add(this, 0, isBackward: true, Output.Division);
        if (inputGradient.IsWanted)
        {
            Input.GradientWritten = written;
        }

        factorGradient = tape.Claim(Factor, default);
        if (factorGradient.IsWanted)
        {
            schedule.ReadsAll(written);
            schedule.AddWhenever(this, 1, Division.Whole(1), Factor);
        }
    }

    public override void Backward(int step, Worker worker)
    {
        if (step == 0)
        {
            var (first, end) = Output.Division.Part(worker);
            Widest.Run(new RowDots(Input.Row(first), Input.Stride, Output.GradientRow(first), Output.Stride, end - first, Output.Columns, Dots + first));
            for (int row = first; row < end && inputGradient.IsWanted; row++)
            {
                nint offset = row * Input.Stride;
                Widest.ForEach(new AddMultiple(inputGradient.From == null ? null : inputGradient.From + offset, *Factor.Value, Output.GradientRow(row), inputGradient.To + offset, Output.Columns));
            }
        }
        else if (worker.Index == worker.Count - 1)
        {
            Total(Dots, Output.Rows, factorGradient);
        }
    }

    /// <summary>Adds the rows' sums, first to last, to the gradient of a single number.</summary>
    public static void Total(float* dots, int rows, GradientTarget target)
    {
        double sum = 0;
        for (int row = 0; row < rows; row++)
        {
            sum += dots[row];
        }

        *target.To = target.From == null ? (float)sum : *target.From + (float)sum;
    }
}
