namespace Fukami.Tensors;

/// <summary>y = γ·tanh(αx) + β.</summary>
internal sealed unsafe class DynamicTanhNormalization : Operation
{
    public Cell Input = null!;
    public Cell Alpha = null!;
    public Cell Gain = null!;
    public Cell? Bias;

    /// <summary>For the backward pass, rows × columns each, and one number a row.</summary>
    public float* Slopes;

    public float* Tanh;
    public float* Dots;
    private GradientTarget inputGradient;
    private GradientTarget alphaGradient;
    private GradientTarget gainGradient;
    private GradientTarget biasGradient;

    public override void Forward(int step, Worker worker)
    {
        var (first, end) = Output.Division.Part(worker);
        for (int row = first; row < end; row++)
        {
            Widest.ForEach(new DynamicTanhRow(Input.Row(row), Output.Row(row), Output.Columns, *Alpha.Value, Gain.Value, Bias is null ? null : Bias.Value));
        }
    }

    public override void PlanBackward(Tape tape)
    {
        Slopes = tape.Take((long)Output.Rows * Output.Columns);
        Tanh = tape.Take((long)Output.Rows * Output.Columns);
        Dots = tape.Take(Output.Rows);
        var schedule = tape.Schedule;
        schedule.ReadsPart(Output.GradientWritten, Output.Division);
        inputGradient = tape.Claim(Input, Output.Division);
        var written = schedule.Add(this, 0, isBackward: true, Output.Division);
        if (inputGradient.IsWanted)
        {
            Input.GradientWritten = written;
        }

        alphaGradient = tape.Claim(Alpha, default);
        gainGradient = tape.Claim(Gain, default);
        biasGradient = tape.Claim(Bias, default);
        if (alphaGradient.IsWanted || gainGradient.IsWanted || biasGradient.IsWanted)
        {
            schedule.ReadsAll(written);
            schedule.ReadsAll(Output.GradientWritten);
            schedule.AddWhenever(this, 1, Division.OfColumns(Output.Columns), Alpha, Gain, Bias);
        }
    }

    public override void Backward(int step, Worker worker)
    {
        int columns = Output.Columns;
        if (step == 0)
        {
            var (firstRow, endRow) = Output.Division.Part(worker);
            for (int row = firstRow; row < endRow; row++)
            {
                nint offset = row * Input.Stride;
                Widest.ForEach(new DynamicTanhRowBackward(
                    Input.Row(row), Output.GradientRow(row), columns, *Alpha.Value, Gain.Value,
                    inputGradient.From == null ? null : inputGradient.From + offset, inputGradient.To == null ? null : inputGradient.To + offset,
                    Slopes + ((nint)row * columns), Tanh + ((nint)row * columns)));
            }

            Widest.Run(new RowDots(Input.Row(firstRow), Input.Stride, Slopes + ((nint)firstRow * columns), columns, endRow - firstRow, columns, Dots + firstRow));
            return;
        }

        var (first, end) = Division.OfColumns(columns).Part(worker);
        if (gainGradient.IsWanted)
        {
            Widest.ForEach(new ColumnDots(
                Output.Gradient + first, Output.Stride, Tanh + first, columns, Output.Rows, end - first,
                gainGradient.From == null ? null : gainGradient.From + first, gainGradient.To + first));
        }

        if (biasGradient.IsWanted)
        {
            Widest.ForEach(new ColumnSums(Output.Gradient + first, Output.Stride, Output.Rows, end - first, biasGradient.From == null ? null : biasGradient.From + first, biasGradient.To + first));
        }

        if (alphaGradient.IsWanted && worker.Index == 0)
        {
            LearnedMultiple.Total(Dots, Output.Rows, alphaGradient);
        }
    }
}
