namespace Fukami.Course;

/// <summary>A prediction beside what was measured.</summary>
/// <param name="Question">The prediction.</param>
/// <param name="Predicted">What the learner predicted; none if they gave no number.</param>
/// <param name="Measured">What came out.</param>
/// <param name="Closeness">1 if it counts as close, less the further it is off; 0 without a prediction.</param>
public sealed record MeasuredPrediction(PredictQuestion Question, double? Predicted, double Measured, double Closeness);
