namespace Fukami.Transformers;

/// <summary>Where a training stands, after each step.</summary>
/// <param name="Last">What the step gave.</param>
/// <param name="Steps">Steps that are to be done in all.</param>
/// <param name="ValidationLoss">Mean loss in nats on all held-out examples, if this step was followed by an evaluation.</param>
/// <param name="BestValidationLoss">The lowest so far, if there was one.</param>
/// <param name="TokensPerSecond">Positions that were trained on each second, evaluation and saving left out.</param>
/// <param name="Elapsed">Time since this run began.</param>
/// <param name="TimeLeft">Estimate from the run so far, all included.</param>
/// <param name="Saved">Whether the state was saved after this step.</param>
public readonly record struct TrainingProgress(TrainingStep Last, long Steps, double? ValidationLoss, double? BestValidationLoss, double TokensPerSecond, TimeSpan Elapsed, TimeSpan TimeLeft, bool Saved);
