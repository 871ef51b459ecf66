namespace Fukami.Tensors;

/// <summary>
/// An operation whose output row depends on the same row of its inputs alone, so that a thread which keeps to its rows
/// waits for nobody. Derived types say what happens to a piece of neighbouring numbers.
/// </summary>
internal abstract unsafe class RowOperation : Operation
{
    /// <summary>The input, or the first of two.</summary>
    public Cell Input = null!;

    /// <summary>The other input, or none.</summary>
    public Cell? Other;

    protected GradientTarget InputGradient;
    protected GradientTarget OtherGradient;

    public sealed override void Forward(int step, Worker worker)
    {
        var (first, end) = Output.Division.Part(worker);
        if (first >= end)
        {
            return;
        }

        if (Output.IsContiguous && Input.IsContiguous && Other is not { IsContiguous: false })
        {
            ForwardPiece(first, (nint)(end - first) * Output.Columns);
            return;
        }

        for (int row = first; row < end; row++)
        {
            ForwardPiece(row, Output.Columns);
        }
    }

    public override void PlanBackward(Tape tape)
    {
        var schedule = tape.Schedule;
        schedule.ReadsPart(Output.GradientWritten, Output.Division);
        Announce(schedule, Input);
        Announce(schedule, Other);
        InputGradient = tape.Claim(Input, Output.Division);
        OtherGradient = tape.Claim(Other, Output.Division);
        if (InputGradient.IsWanted || OtherGradient.IsWanted)
        {
            var written = schedule.Add(this, 0, isBackward: true, Output.Division);
            if (InputGradient.IsWanted)
            {
                Input.GradientWritten = written;
            }

            if (OtherGradient.IsWanted)
            {
                Other!.GradientWritten = written;
            }
        }
    }

    public sealed override void Backward(int step, Worker worker)
    {
        var (first, end) = Output.Division.Part(worker);
        if (first >= end)
        {
            return;
        }

        if (Output.IsContiguous && Input.IsContiguous && Other is not { IsContiguous: false })
        {
            BackwardPiece(first, (nint)(end - first) * Output.Columns);
            return;
        }

        for (int row = first; row < end; row++)
        {
            BackwardPiece(row, Output.Columns);
        }
    }

    /// <summary>The output of <paramref name="count"/> numbers from the start of a row.</summary>
    protected abstract void ForwardPiece(int row, nint count);

    /// <summary>Adds to the inputs' gradients for <paramref name="count"/> numbers from the start of a row.</summary>
    protected abstract void BackwardPiece(int row, nint count);

    /// <summary>The place of a row in a gradient's memory, null staying null.</summary>
    protected static float* At(float* memory, Cell cell, int row) => memory == null ? null : memory + (row * cell.Stride);

    private void Announce(Schedule schedule, Cell? input)
    {
        if (input is not null)
        {
            schedule.ReadsPart(input.ValueWritten, Output.Division);
        }
    }
}
