namespace Fukami.Lab;

/// <summary>What a short training came to.</summary>
/// <param name="Loss">On held-out examples, in nats.</param>
/// <param name="Share">The same as a <see cref="LearnedShare"/>.</param>
/// <param name="Losses">Of every training step.</param>
internal sealed record LearningFinding(double Loss, double Share, double[] Losses);
