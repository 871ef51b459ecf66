namespace Fukami.Tensors;

/// <summary>y = g(x − μ)/s + β by row, μ the mean (centred) or 0, s given, g = γ or 1 + γ.</summary>
internal sealed unsafe class RowNormalization : Operation
{
    public Cell Input = null!;
    public Cell Scale = null!;
    public Cell Gain = null!;
    public Cell? Bias;
    public bool IsCentred;

    /// <summary>Whether the gain is 1 + γ.</summary>
    public bool IsOffset;

    public float* Mean;
    public float* Inverse;
    private GradientTarget inputGradient;
    private GradientTarget scaleGradient;
    private GradientTarget gainGradient;
    private GradientTarget biasGradient;

    public override void LookAhead(int step, bool isBackward, Worker worker)
    {
        if (isBackward && step == 0)
        {
            LookAheadTo(Input, Output.Division, worker);
        }
    }

    public override void Forward(int step, Worker worker)
    {
        var (first, end) = Output.Division.Part(worker);
        if (IsCentred)
        {
            Widest.Run(new RowMeans(Input.Row(first), Input.Stride, end - first, Input.Columns, Mean + first));
        }
        else if (end > first)
        {
            new Span<float>(Mean + first, end - first).Clear();
        }

        Widest.Run(new NormalizeRows(
            Input.Row(first), Input.Stride, Output.Row(first), end - first, Input.Columns, Mean + first, Scale.Value + first, Inverse + first,
            Gains(worker), Bias is null ? null : Bias.Value));
    }

    public override void PlanBackward(Tape tape)
    {
        var schedule = tape.Schedule;
        schedule.ReadsPart(Output.GradientWritten, Output.Division);
        inputGradient = tape.Claim(Input, Output.Division);
        scaleGradient = tape.Claim(Scale, Output.Division);
        var written = schedule.Add(this, 0, isBackward: true, Output.Division);
        if (inputGradient.IsWanted)
        {
            Input.GradientWritten = written;
        }

        if (scaleGradient.IsWanted)
        {
            Scale.GradientWritten = written;
        }

        gainGradient = tape.Claim(Gain, default);
        biasGradient = tape.Claim(Bias, default);
        if (gainGradient.IsWanted || biasGradient.IsWanted)
        {
            schedule.ReadsAll(Output.GradientWritten);
            schedule.ReadsAll(Input.ValueWritten);
            schedule.AddWhenever(this, 1, Division.OfColumns(Output.Columns), Gain, Bias);
        }
    }

    public override void Backward(int step, Worker worker)
    {
        if (step == 0)
        {
            var (first, end) = Output.Division.Part(worker);
            nint offset = first * Input.Stride;
            Widest.Run(new NormalizeRowsBackward(
                Input.Row(first), Input.Stride, Output.GradientRow(first), Output.Stride, end - first, Input.Columns, IsCentred,
                Mean + first, Inverse + first, Gains(worker),
                inputGradient.From == null ? null : inputGradient.From + offset, inputGradient.To == null ? null : inputGradient.To + offset, Input.Stride,
                scaleGradient.From == null ? null : scaleGradient.From + first, scaleGradient.To == null ? null : scaleGradient.To + first));
        }
        else
        {
            var (first, end) = Division.OfColumns(Output.Columns).Part(worker);
            if (gainGradient.IsWanted)
            {
                Widest.ForEach(new GainGradient(
                    Input.Value + first, Input.Stride, Output.Gradient + first, Output.Stride, Output.Rows, end - first, Mean, Inverse,
                    gainGradient.From == null ? null : gainGradient.From + first, gainGradient.To + first));
            }

            if (biasGradient.IsWanted)
            {
                Widest.ForEach(new ColumnSums(Output.Gradient + first, Output.Stride, Output.Rows, end - first, biasGradient.From == null ? null : biasGradient.From + first, biasGradient.To + first));
            }
        }
    }

    /// <summary>What a row is multiplied by, one number a column.</summary>
    private float* Gains(Worker worker)
    {
        if (!IsOffset)
        {
            return Gain.Value;
        }

        float* gains = worker.Scratch(Output.Columns, drawer: 1);
        Widest.ForEach(new AddConstant(Gain.Value, 1, gains, Output.Columns));
        return gains;
    }
}
