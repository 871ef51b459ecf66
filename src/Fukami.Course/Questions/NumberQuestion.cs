namespace Fukami.Course;

/// <summary>A number, from a generator with fresh numbers each time: key and wrong answers are computed by the engine.</summary>
/// <param name="Generator">The generator's name; see <c>NumberGenerators</c>.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Tolerance">How far an answer may be off, absolutely.</param>
/// <param name="Explanation">How to work it out, in Markdown, shown afterwards; may contain the generator's <c>{{names}}</c>, as the prompt may.</param>
public sealed record NumberQuestion(string Generator, IReadOnlyDictionary<string, string> Arguments, double Tolerance, string Explanation) : Question;
