namespace Fukami.Tensors;

/// <summary>
/// One recorded operation of a pass. Recording fills its fields; its steps run later on all threads of the team.
/// The tape keeps the object and fills it anew in the next pass.
/// </summary>
internal abstract unsafe class Operation
{
    /// <summary>The result, or the first of them.</summary>
    public Cell Output = null!;

    /// <summary>Whether the loss of the backward pass depends on the output.</summary>
    public bool IsReached => Output.Gradient != null;

    /// <summary>Notes what a step will read that was written long before it (<see cref="Worker.Later"/>): weights, and in the backward pass what the forward pass left.</summary>
    public virtual void LookAhead(int step, bool isBackward, Worker worker)
    {
    }

    /// <summary>A worker's share of a step of the forward pass.</summary>
    public abstract void Forward(int step, Worker worker);

    /// <summary>
    /// Called once the gradient of the output is complete: claims the inputs' gradients and schedules the steps that add to them.
    /// </summary>
    public abstract void PlanBackward(Tape tape);

    /// <summary>A worker's share of a step of the backward pass.</summary>
    public abstract void Backward(int step, Worker worker);

    /// <summary>Notes a worker's rows of a tensor, which are neighbours.</summary>
    protected static void LookAheadTo(Cell cell, Division division, Worker worker)
    {
        var (first, end) = division.Part(worker);
        worker.Later.Note(cell.Row(first), (end - first) * cell.Stride);
    }
}
