namespace Fukami.Tensors;

/// <summary>Stochastic gradient descent with momentum and decoupled weight decay.</summary>
public sealed class Sgd : Optimizer
{
    /// <summary>An optimizer with zero velocity.</summary>
    public Sgd(IReadOnlyList<Parameter> parameters, float momentum = 0, float weightDecay = 0, ThreadTeam? team = null) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override IReadOnlyList<Storage> State => throw new NotImplementedException();

    /// <inheritdoc/>
    public override void Step(float learningRate, float gradientScale = 1) => throw new NotImplementedException();
}
