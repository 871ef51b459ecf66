namespace Fukami.Tensors;

/// <summary>Some positions of every sentence: rows [First, First + Count) of each Length.</summary>
internal sealed unsafe class SentencePositions : Operation
{
    public Cell Input = null!;
    public int First;
    public int Count;
    public int Length;
    private GradientTarget target;

    public override void Forward(int step, Worker worker)
    {
        var (first, end) = Output.Division.Part(worker);
        for (int row = first; row < end; row++)
        {
            var (sentence, position) = Math.DivRem(row, Count);
            float* from = Input.Value + (sentence * Input.SentenceStride) + ((First + position) * Input.Stride);
            new ReadOnlySpan<float>(from, Input.Columns).CopyTo(new Span<float>(Output.Row(row), Input.Columns));
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
            float* to = target.To + (row * Input.Stride);
            if (target.From == null)
            {
                new Span<float>(to, Input.Columns).Clear();
            }
            else if (target.From != target.To)
            {
                new ReadOnlySpan<float>(target.From + (row * Input.Stride), Input.Columns).CopyTo(new Span<float>(to, Input.Columns));
            }

            var (sentence, position) = Math.DivRem(row, Length);
            if (position >= First && position < First + Count)
            {
                Widest.ForEach(new Sum(to, Output.GradientRow((sentence * Count) + position - First), to, Input.Columns));
            }
        }
    }
}
