namespace Fukami.Course;

/// <summary>An answer in the learner's own words, judged against a rubric.</summary>
/// <param name="Rubric">Its points, in both languages.</param>
/// <param name="ModelAnswer">An answer that has all points, in Markdown, shown afterwards.</param>
public sealed record OpenQuestion(Rubric Rubric, string ModelAnswer) : Question;
