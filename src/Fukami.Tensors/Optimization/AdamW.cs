namespace Fukami.Tensors;

/// <summary>
/// Adam with decoupled weight decay. (Kingma and Ba 2015; Loshchilov and Hutter 2019) A parameter that got no gradient stays as it is.
/// </summary>
public sealed unsafe class AdamW : Optimizer
{
    private readonly Storage[] first;
    private readonly Storage[] second;
    private readonly float beta1;
    private readonly float beta2;
    private readonly float epsilon;
    private readonly float weightDecay;
    private float scale;
    private float rate;
    private float rootCorrection;
    private float decay;

    /// <summary>An optimizer with zero moments.</summary>
    /// <param name="parameters">What it changes.</param>
    /// <param name="beta1">Decay of the mean of gradients.</param>
    /// <param name="beta2">Decay of the mean of squared gradients.</param>
    /// <param name="epsilon">Added to the root of the second moment.</param>
    /// <param name="weightDecay">Share of a weight lost each step, times the learning rate; only where <see cref="Parameter.Decays"/>.</param>
    /// <param name="team">The threads; the shared team unless one is given.</param>
    public AdamW(IReadOnlyList<Parameter> parameters, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, float weightDecay = 0.01f, ThreadTeam? team = null)
        : base(parameters, team)
    {
        (this.beta1, this.beta2, this.epsilon, this.weightDecay) = (beta1, beta2, epsilon, weightDecay);
        first = [.. parameters.Select(p => new Storage("adamw.first." + p.Name, p.Shape))];
        second = [.. parameters.Select(p => new Storage("adamw.second." + p.Name, p.Shape))];
        State = [.. first, .. second];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Storage> State { get; }

    private protected override void Begin(float learningRate, float gradientScale)
    {
        scale = gradientScale;
        rate = (float)(learningRate / (1 - ReproducibleMath.Pow(beta1, Steps)));
        rootCorrection = (float)(1 / Math.Sqrt(1 - ReproducibleMath.Pow(beta2, Steps)));
        decay = learningRate * weightDecay;
    }

    private protected override void StepPiece(int parameter, int first, int count)
    {
        var p = Parameters[parameter];
        Widest.ForEach(new AdamWStep(
            p.Pointer + first, p.GradientPointer + first, this.first[parameter].Pointer + first, second[parameter].Pointer + first,
            scale, beta1, beta2, epsilon, rate, rootCorrection, p.Decays ? decay : 0, count));
    }
}
