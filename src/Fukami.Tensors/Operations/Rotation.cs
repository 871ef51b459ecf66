namespace Fukami.Tensors;

/// <summary>Rotary positions: features i and i + n of a head, n the number of pairs, turn by the angle position · frequency i; the others stay.</summary>
internal sealed unsafe class Rotation : Operation
{
    public Cell Input = null!;
    public int Heads;
    public int Length;
    public int FirstPosition;

    public RotaryTable Table = null!;

    private GradientTarget target;

    public override void Forward(int step, Worker worker)
    {
        var (first, end) = Output.Division.Part(worker);
        for (int row = first; row < end; row++)
        {
            Turn(row, Input.Value + (row / Length * Input.SentenceStride) + (row % Length * Input.Stride), null, Output.Row(row), 1);
        }
    }

    public override void PlanBackward(Tape tape)
    {
        tape.Schedule.ReadsPart(Output.GradientWritten, Output.Division);
        target = tape.Claim(Input, Output.Division);
        if (target.IsWanted)
        {
            Input.GradientWritten = tape.Schedule.Add(this, 0, isBackward: true, Output.Division);
        }
    }

    public override void Backward(int step, Worker worker)
    {
        var (first, end) = Output.Division.Part(worker);
        for (int row = first; row < end; row++)
        {
            nint offset = row * Input.Stride;
            Turn(row, Output.GradientRow(row), target.From == null ? null : target.From + offset, target.To + offset, -1);
        }
    }

    private void Turn(int row, float* x, float* from, float* to, float direction)
    {
        int width = Output.Columns / Heads;
        int half = Table.Half;
        int turned = 2 * half;
        float* cosine = Table.Pointer + ((nint)(FirstPosition + (row % Length)) * 2 * half);
        for (int head = 0; head < Heads; head++)
        {
            nint at = (nint)head * width;
            Widest.ForEach(new RotatePairs(x + at, cosine, cosine + half, direction, from == null ? null : from + at, to + at, half));
            if (turned < width)
            {
                Keep(x + at + turned, from == null ? null : from + at + turned, to + at + turned, width - turned);
            }
        }
    }

    private static void Keep(float* x, float* from, float* to, int count)
    {
        if (from == null)
        {
            new ReadOnlySpan<float>(x, count).CopyTo(new Span<float>(to, count));
        }
        else
        {
            Widest.ForEach(new Sum(from, x, to, count));
        }
    }
}
