namespace Fukami.Transformers;

/// <summary>What one step of a training gave.</summary>
/// <param name="Step">Steps done, this one included.</param>
/// <param name="Loss">Mean loss of its examples in nats, before the change.</param>
/// <param name="GradientNorm">Euclidean norm of the gradient of all parameters together, before clipping.</param>
/// <param name="LearningRate">The rate of this step.</param>
public readonly record struct TrainingStep(long Step, double Loss, double GradientNorm, float LearningRate);
