namespace Fukami.Tensors;

/// <summary>
/// Batch and power normalization: each column by statistics over all rows of the batch, or by running ones.
/// Both gradients have the form dx = r·(γ·dy − a − b·h) on the rows that the statistics count.
/// </summary>
internal sealed unsafe class ColumnNormalization : Operation
{
    public Cell Input = null!;
    public Cell Gain = null!;
    public Cell? Bias;

    /// <summary>Batch normalization's running mean; none in power normalization.</summary>
    public Storage? RunningMean;

    /// <summary>The running variance, or the running mean of squares.</summary>
    public Storage RunningVariance = null!;

    /// <summary>Power normalization's running statistic of the gradient.</summary>
    public Storage? RunningGradient;

    public float Momentum;
    public float Epsilon;
    public bool IsTraining;

    /// <summary>One number a row, 0 for padding; null where all count.</summary>
    public int* Real;

    /// <summary>Rows that count.</summary>
    public int Counted;

    /// <summary>(x − μ)·r, rows × columns.</summary>
    public float* Normalized;

    /// <summary>Of each column.</summary>
    public float* Mean;

    public float* Variance;
    public float* Inverse;

    private float* constant;
    private float* slope;
    private GradientTarget inputGradient;
    private GradientTarget gainGradient;
    private GradientTarget biasGradient;

    private bool IsPower => RunningGradient is not null;

    private Division ColumnDivision => Division.OfColumns(Output.Columns);

    public override void Forward(int step, Worker worker)
    {
        if (step == 0)
        {
            Statistics(worker);
            return;
        }

        var (first, end) = Output.Division.Part(worker);
        for (int row = first; row < end; row++)
        {
            Widest.ForEach(new NormalizeColumnsRow(
                Input.Row(row), Normalized + ((nint)row * Output.Columns), Output.Row(row), Output.Columns, Mean, Inverse, Gain.Value, Bias is null ? null : Bias.Value));
        }
    }

    public override void PlanBackward(Tape tape)
    {
        var schedule = tape.Schedule;
        constant = tape.Take(Output.Columns);
        slope = tape.Take(Output.Columns);
        gainGradient = tape.Claim(Gain, default);
        biasGradient = tape.Claim(Bias, default);
        schedule.ReadsAll(Output.GradientWritten);
        var sums = schedule.Add(this, 0, isBackward: true, ColumnDivision);
        Gain.MarkGradient(sums);
        Bias?.MarkGradient(sums);

        schedule.ReadsAll(sums);
        inputGradient = tape.Claim(Input, Output.Division);
        if (inputGradient.IsWanted)
        {
            Input.GradientWritten = schedule.Add(this, 1, isBackward: true, Output.Division);
        }
    }

    public override void Backward(int step, Worker worker)
    {
        if (step == 0)
        {
            GradientStatistics(worker);
            return;
        }

        var (first, end) = Output.Division.Part(worker);
        for (int row = first; row < end; row++)
        {
            // Only the rows that made the statistics answer for them.
            bool corrected = IsTraining && (Real == null || Real[row] != 0);
            nint offset = row * Input.Stride;
            Widest.ForEach(new NormalizeColumnsRowBackward(
                Output.GradientRow(row), Normalized + ((nint)row * Output.Columns), Output.Columns, Inverse, Gain.Value, constant, corrected ? slope : null,
                inputGradient.From == null ? null : inputGradient.From + offset, inputGradient.To + offset));
        }
    }

    private void Statistics(Worker worker)
    {
        var (first, end) = ColumnDivision.Part(worker);
        float* runningMean = RunningMean is null ? null : RunningMean.Pointer;
        float* running = RunningVariance.Pointer;
        if (IsTraining)
        {
            Widest.ForEach(new ColumnMoments(Input.Value + first, Input.Stride, Real, Input.Rows, end - first, Math.Max(Counted, 1), !IsPower, Mean + first, Variance + first));
        }

        for (int j = first; j < end; j++)
        {
            bool fromBatch = IsTraining && !IsPower;
            float variance = fromBatch ? Variance[j] : running[j];
            Inverse[j] = 1 / MathF.Sqrt(variance + Epsilon);
            if (!fromBatch)
            {
                float batchVariance = Variance[j];
                Mean[j] = runningMean == null ? 0 : runningMean[j];
                if (IsTraining)
                {
                    running[j] = ((1 - Momentum) * running[j]) + (Momentum * batchVariance);
                }
            }
            else
            {
                float unbiased = Counted > 1 ? variance * ((float)Counted / (Counted - 1)) : variance;
                runningMean[j] = ((1 - Momentum) * runningMean[j]) + (Momentum * Mean[j]);
                running[j] = ((1 - Momentum) * running[j]) + (Momentum * unbiased);
            }
        }
    }

    private void GradientStatistics(Worker worker)
    {
        var (first, end) = ColumnDivision.Part(worker);
        int columns = end - first;
        if (columns <= 0)
        {
            return;
        }

        float* sum = worker.Scratch(3L * columns, drawer: 1);
        float* dot = sum + columns;
        Widest.ForEach(new ColumnSums(Output.Gradient + first, Output.Stride, Output.Rows, columns, null, sum));
        Widest.ForEach(new ColumnDots(Output.Gradient + first, Output.Stride, Normalized + first, Output.Columns, Output.Rows, columns, null, dot));
        for (int j = 0; j < columns; j++)
        {
            float gain = Gain.Value[first + j];
            if (IsPower)
            {
                constant[first + j] = 0;
                slope[first + j] = RunningGradient!.Values[first + j];
            }
            else
            {
                constant[first + j] = gain * sum[j] / Math.Max(Counted, 1);
                slope[first + j] = gain * dot[j] / Math.Max(Counted, 1);
            }

            if (gainGradient.IsWanted)
            {
                gainGradient.To[first + j] = gainGradient.From == null ? dot[j] : gainGradient.From[first + j] + dot[j];
            }

            if (biasGradient.IsWanted)
            {
                biasGradient.To[first + j] = biasGradient.From == null ? sum[j] : biasGradient.From[first + j] + sum[j];
            }
        }

        if (IsPower && IsTraining)
        {
            MoveRunningGradient(first, end);
        }
    }

    /// <summary>ν ← ν(1 − m·Γ) + m·Λ with Γ = mean of h², Λ = mean of γ·dy·h over the rows that count.</summary>
    private void MoveRunningGradient(int first, int end)
    {
        var running = RunningGradient!.Values;
        for (int j = first; j < end; j++)
        {
            float squares = 0;
            float slopes = 0;
            for (int row = 0; row < Output.Rows; row++)
            {
                if (Real == null || Real[row] != 0)
                {
                    float h = Normalized[((nint)row * Output.Columns) + j];
                    squares += h * h;
                    slopes += Gain.Value[j] * Output.GradientRow(row)[j] * h;
                }
            }

            float count = Math.Max(Counted, 1);
            running[j] = (running[j] * (1 - (Momentum * squares / count))) + (Momentum * slopes / count);
        }
    }
}
