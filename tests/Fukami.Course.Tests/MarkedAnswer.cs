using Fukami.Lab;

namespace Fukami.Course.Tests;

/// <summary>An answer with the points that a person found in it, from a file in Answers/.</summary>
internal sealed record MarkedAnswer(Language Language, string Question, string Kind, string Text, string[] Found, string[] Contradicted)
{
    private static readonly CourseContent Course = CourseFolder.Open(CourseFolder.Shipped);

    /// <summary>The answers of a file; its name says the language, or each answer does.</summary>
    public static IReadOnlyList<MarkedAnswer> Read(string file) =>
    [
        .. Fixture.Items(file, "answers").Select(node => new MarkedAnswer(
            Fixture.LanguageOf(Fixture.Text(node, "language") ?? Path.GetFileNameWithoutExtension(file)),
            Fixture.Text(node, "question")!,
            Fixture.Text(node, "kind")!,
            Fixture.Text(node, "text")!,
            Fixture.Texts(node, "found"),
            Fixture.Texts(node, "contradicted"))),
    ];

    /// <summary>The judgement of the program itself.</summary>
    public Judgement Judge() => RubricJudge.Judge(((OpenQuestion)Course.Question(Question, Language)!).Rubric, Text, Language);

    /// <summary>Whether a finding is what the person says.</summary>
    public bool AgreesWith(PointFinding finding) =>
        !finding.IsUnsure && finding.IsFound == Found.Contains(finding.Point, StringComparer.Ordinal) && finding.IsContradicted == Contradicted.Contains(finding.Point, StringComparer.Ordinal);
}
