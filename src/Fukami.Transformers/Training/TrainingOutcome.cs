namespace Fukami.Transformers;

/// <summary>How a run ended.</summary>
/// <param name="Steps">Steps done in all, those before a resumption included.</param>
/// <param name="Cancelled">Whether it was told to stop before the last step.</param>
/// <param name="Loss">Loss of the last step of this run, if it made one.</param>
/// <param name="ValidationLoss">The last evaluation's mean loss in nats, if there was one.</param>
/// <param name="BestValidationLoss">The lowest of all evaluations, if there was one.</param>
/// <param name="Elapsed">Time that this run took.</param>
public sealed record TrainingOutcome(long Steps, bool Cancelled, double? Loss, double? ValidationLoss, double? BestValidationLoss, TimeSpan Elapsed);
