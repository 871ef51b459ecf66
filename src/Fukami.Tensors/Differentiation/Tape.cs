namespace Fukami.Tensors;

/// <summary>
/// Records a pass (forward, then backward) and runs it on a team of threads. One tape serves any number of passes:
/// <see cref="Begin"/> starts the next, and memory and records of the last are used again, so that from the second pass
/// of the same shape on no managed memory is allocated. Not thread-safe.
/// </summary>
public sealed class Tape
{
    /// <summary>A tape on a team of threads; the shared team unless one is given.</summary>
    public Tape(ThreadTeam? team = null) => throw new NotImplementedException();

    /// <summary>The threads that run the passes.</summary>
    public ThreadTeam Team => throw new NotImplementedException();

    /// <summary>Whether this pass trains: dropout drops, and batch statistics come from the batch.</summary>
    public bool Training => throw new NotImplementedException();

    /// <summary>The randomness of this pass (dropout).</summary>
    public RandomSource Random => throw new NotImplementedException();

    /// <summary>Begins a pass. All tensors of the last one become invalid.</summary>
    public void Begin(bool training = false, RandomSource random = default) => throw new NotImplementedException();

    /// <summary>A tensor of given values. They are copied. It has a gradient like any other.</summary>
    public Tensor Input(ReadOnlySpan<float> values, Shape shape) => throw new NotImplementedException();

    /// <summary>Zeros.</summary>
    public Tensor Zeros(Shape shape) => throw new NotImplementedException();

    /// <summary>The parameter (or other storage) itself as a tensor of this pass; a parameter's gradient adds up in the parameter.</summary>
    public Tensor Of(Storage storage) => throw new NotImplementedException();

    /// <summary>
    /// Rows of a table, one for each id: (batch, length) ids give (batch, length, width). The ids are copied.
    /// </summary>
    /// <param name="table">(vocabulary, width). A parameter gets the gradient; a plain storage has none.</param>
    /// <param name="ids">batch × length ids, each within the vocabulary.</param>
    /// <param name="batch">Sentences.</param>
    /// <param name="length">Positions of a sentence.</param>
    public Tensor Lookup(Storage table, ReadOnlySpan<int> ids, int batch, int length) => throw new NotImplementedException();

    /// <summary>Runs all that is recorded and not yet run. Reading a value does this too.</summary>
    public void Run() => throw new NotImplementedException();

    /// <summary>The gradient of one number with respect to every tensor and parameter that it depends on.</summary>
    public void Backward(Tensor loss) => throw new NotImplementedException();

    /// <summary>As <see cref="Backward(Tensor)"/>, from a given gradient of <paramref name="output"/>, of its shape.</summary>
    public void Backward(Tensor output, ReadOnlySpan<float> gradient) => throw new NotImplementedException();

    /// <summary>The points that this pass has met, in order, each with the tensor that went on from there.</summary>
    public IReadOnlyList<(Point Point, Tensor Tensor)> Points => throw new NotImplementedException();

    /// <summary>The tensor at a named point of this pass.</summary>
    /// <exception cref="KeyNotFoundException">The pass met no such point; the message says which were met.</exception>
    public Tensor this[string point] => throw new NotImplementedException();

    /// <summary>
    /// From now on, whatever arrives at the named point is replaced by what the function makes of it (zeros, another prompt's value,
    /// a multiple of itself). Gradients flow through what the function records.
    /// </summary>
    public void Replace(string point, Func<Tensor, Tensor> replacement) => throw new NotImplementedException();

    /// <summary>Takes every replacement back.</summary>
    public void ClearReplacements() => throw new NotImplementedException();
}
