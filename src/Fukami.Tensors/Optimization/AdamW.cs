namespace Fukami.Tensors;

/// <summary>Adam with decoupled weight decay. (Kingma and Ba 2015; Loshchilov and Hutter 2019)</summary>
public sealed class AdamW : Optimizer
{
    /// <summary>An optimizer with zero moments.</summary>
    public AdamW(IReadOnlyList<Parameter> parameters, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, float weightDecay = 0.01f, ThreadTeam? team = null) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override IReadOnlyList<Storage> State => throw new NotImplementedException();

    /// <inheritdoc/>
    public override void Step(float learningRate, float gradientScale = 1) => throw new NotImplementedException();
}
