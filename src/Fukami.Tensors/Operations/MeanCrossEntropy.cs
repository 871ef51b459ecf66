namespace Fukami.Tensors;

/// <summary>Mean cross-entropy of rows of logits with their targets, in nats.</summary>
internal sealed unsafe class MeanCrossEntropy : Operation
{
    public Cell Input = null!;
    public int* Targets;

    /// <summary>Rows with a target.</summary>
    public int Counted;

    public float* Largest;
    public float* Sums;
    public float* Losses;

    /// <summary>Whether the output is each row's own loss.</summary>
    public bool IsByRow;

    private GradientTarget target;

    public override void Forward(int step, Worker worker)
    {
        if (step == 0)
        {
            var (first, end) = Input.Division.Part(worker);
            for (int row = first; row < end; row++)
            {
                Losses[row] = 0;
                if (Targets[row] >= 0)
                {
                    Widest.Run(new CrossEntropyRow(Input.Row(row), Input.Columns, Largest + row, Sums + row));
                    Losses[row] = Elementary.Log(new Lane1(Sums[row])).Number + (Largest[row] - Input.Row(row)[Targets[row]]);
                }
            }
        }
        else if (worker.Index == 0)
        {
            double sum = 0;
            for (int row = 0; row < Input.Rows; row++)
            {
                sum += Losses[row];
            }

            *Output.Value = (float)(sum / Math.Max(Counted, 1));
        }
    }

    public override void PlanBackward(Tape tape)
    {
        tape.Schedule.ReadsAll(Output.GradientWritten);
        target = tape.Claim(Input, Input.Division);
        if (target.IsWanted)
        {
            Input.GradientWritten = tape.Schedule.Add(this, 0, isBackward: true, Input.Division);
        }
    }

    public override void Backward(int step, Worker worker)
    {
        var (first, end) = Input.Division.Part(worker);
        for (int row = first; row < end; row++)
        {
            float* from = target.From == null ? null : target.From + (row * Input.Stride);
            float* to = target.To + (row * Input.Stride);
            float factor = IsByRow ? Output.Gradient[row] : *Output.Gradient / Math.Max(Counted, 1);
            if (Targets[row] < 0)
            {
                if (from == null)
                {
                    new Span<float>(to, Input.Columns).Clear();
                }
                else if (from != to)
                {
                    new ReadOnlySpan<float>(from, Input.Columns).CopyTo(new Span<float>(to, Input.Columns));
                }

                continue;
            }

            Widest.ForEach(new CrossEntropyRowBackward(Input.Row(row), Input.Columns, Largest[row], factor / Sums[row], from, to));
            to[Targets[row]] -= factor;
        }
    }
}
