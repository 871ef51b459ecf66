namespace Fukami.Tensors;

/// <summary>Stochastic gradient descent with momentum and decoupled weight decay.</summary>
public sealed unsafe class Sgd : Optimizer
{
    private readonly Storage[] velocity;
    private readonly float momentum;
    private readonly float weightDecay;
    private float scale;
    private float rate;

    /// <summary>An optimizer with zero velocity.</summary>
    /// <param name="parameters">What it changes.</param>
    /// <param name="momentum">Share of the last velocity that goes on; 0 for none.</param>
    /// <param name="weightDecay">Share of a weight lost each step, times the learning rate; only where <see cref="Parameter.Decays"/>.</param>
    /// <param name="team">The threads; the shared team unless one is given.</param>
    public Sgd(IReadOnlyList<Parameter> parameters, float momentum = 0, float weightDecay = 0, ThreadTeam? team = null)
        : base(parameters, team)
    {
        (this.momentum, this.weightDecay) = (momentum, weightDecay);
        velocity = momentum == 0 ? [] : [.. parameters.Select(p => new Storage("sgd.velocity." + p.Name, p.Shape))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Storage> State => velocity;

    private protected override void Begin(float learningRate, float gradientScale) => (rate, scale) = (learningRate, gradientScale);

    private protected override void StepPiece(int parameter, int first, int count)
    {
        var p = Parameters[parameter];
        Widest.ForEach(new SgdStep(
            p.Pointer + first, p.GradientPointer + first, velocity.Length == 0 ? null : velocity[parameter].Pointer + first,
            scale, momentum, rate, p.Decays ? rate * weightDecay : 0, count));
    }
}
