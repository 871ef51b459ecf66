namespace Fukami.Course;

/// <summary>A prediction of a figure that an experiment of the same session then measures. There is no wrong prediction, only a distance.</summary>
/// <param name="Experiment">Id of the <see cref="ExperimentBlock"/> that measures it; it stands behind the prediction.</param>
/// <param name="Claim">The claim whose measured figure is predicted.</param>
/// <param name="Subject">Its subject, for example <c>none</c>.</param>
/// <param name="Factor">Within what factor of the measured figure a prediction counts as close; figures that differ by orders of magnitude are compared by ratio. 0 compares by <paramref name="Tolerance"/>.</param>
/// <param name="Tolerance">Within what distance a prediction counts as close, if not by factor.</param>
/// <param name="Unit">What the number is, in words.</param>
public sealed record PredictQuestion(string Experiment, string Claim, string Subject, double Factor, double Tolerance, string Unit) : Question;
