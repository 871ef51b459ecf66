namespace Fukami.Transformers;

/// <summary>A way to begin: standard deviations of the normal draws for matrices and tables.</summary>
/// <param name="Name">As it is written in config.json.</param>
/// <param name="Explanation">One line.</param>
/// <param name="Matrix">The deviation of a matrix, given the setting <c>initialization_deviation</c>.</param>
/// <param name="Table">The deviation of an embedding table, given the setting <c>initialization_deviation</c>.</param>
public sealed record InitializationScheme(string Name, Bilingual Explanation, Func<WeightSegment, float, double> Matrix, Func<float, double> Table) : Choice(Name, Explanation);
