namespace Fukami.Lab;

/// <summary>One net to train: without a part.</summary>
/// <param name="Part">What is taken out; <see cref="Part.Whole"/> for nothing.</param>
/// <param name="Depth">Layers.</param>
/// <param name="Learning">Its training.</param>
internal sealed record AblationJob(Part Part, int Depth, LearningJob Learning);
