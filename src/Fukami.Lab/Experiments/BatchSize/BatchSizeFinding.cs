namespace Fukami.Lab;

/// <summary>What one trial of <see cref="BatchSize"/> found: one of the three.</summary>
/// <param name="Statistics">Of batch normalization.</param>
/// <param name="Changes">How far the first sentence's logits move from where they are alone, by batch size.</param>
/// <param name="Loss">The held-out loss after training, in nats.</param>
internal sealed record BatchSizeFinding(BatchStatistics? Statistics, double[]? Changes, double? Loss);
