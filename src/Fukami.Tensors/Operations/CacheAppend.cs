namespace Fukami.Tensors;

/// <summary>Copies new rows behind those that a cache holds.</summary>
internal sealed unsafe class CacheAppend : Operation
{
    public Cell Input = null!;

    /// <summary>Keeps the memory alive.</summary>
    public SequenceCache Cache = null!;

    /// <summary>Where the first new row of the first sentence goes.</summary>
    public float* To;

    public int Length;

    public override void Forward(int step, Worker worker)
    {
        var (first, end) = Input.Division.Part(worker);
        for (int row = first; row < end; row++)
        {
            float* to = To + (row / Length * Output.SentenceStride) + (row % Length * Output.Stride);
            new ReadOnlySpan<float>(Input.Row(row), Input.Columns).CopyTo(new Span<float>(to, Input.Columns));
        }
    }

    public override void PlanBackward(Tape tape) =>
        throw new InvalidOperationException("A pass through a key/value cache has no backward pass: run the whole sequence without a cache to get gradients.");

    public override void Backward(int step, Worker worker) => throw new InvalidOperationException("A pass through a cache has no backward pass.");
}
