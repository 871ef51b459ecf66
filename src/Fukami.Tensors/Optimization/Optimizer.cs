namespace Fukami.Tensors;

/// <summary>Changes parameters by their gradients.</summary>
public abstract class Optimizer
{
    /// <summary>The parameters that it changes.</summary>
    public IReadOnlyList<Parameter> Parameters => throw new NotImplementedException();

    /// <summary>What it remembers between steps, by name (<c>adamw.first.blocks.0…</c>), for a checkpoint.</summary>
    public abstract IReadOnlyList<Storage> State { get; }

    /// <summary>Steps taken so far; set when a checkpoint is restored.</summary>
    public long Steps { get; set; }

    /// <summary>The Euclidean norm of all gradients together, the same bits for any number of threads.</summary>
    public double GradientNorm() => throw new NotImplementedException();

    /// <summary>One step, then all gradients are cleared.</summary>
    /// <param name="learningRate">The rate of this step.</param>
    /// <param name="gradientScale">Every gradient is multiplied by this first: clipping, or the mean of accumulated batches.</param>
    public abstract void Step(float learningRate, float gradientScale = 1);
}
