using Fukami.Lab;

namespace Fukami.Course;

/// <summary>What the wrong answers of a baseline test come to.</summary>
public static class BaselineFindings
{
    /// <summary>A finding for each wrong answer, in the order of the answers; a misconception that showed twice is one finding, at its first answer.</summary>
    /// <param name="state">The learner's state.</param>
    /// <param name="language">The language of corrections and sections.</param>
    public static IReadOnlyList<BaselineFinding> Of(LearnerState state, Language language)
    {
        var findings = new List<BaselineFinding>();
        foreach (QuestionAnswered answer in state.BaselineAnswers.Where(answer => answer.Judgement.Outcome is Outcome.Wrong or Outcome.Partly))
        {
            if (state.Course.Question(answer.Question, language) is { } question && !findings.Exists(known => known.Misconception is { } shown && string.Equals(shown.Id, answer.Judgement.Misconception, StringComparison.Ordinal)))
            {
                findings.Add(Of(state.Course, question, answer, language));
            }
        }

        return findings;
    }

    private static BaselineFinding Of(CourseContent course, Question question, QuestionAnswered answer, Language language)
    {
        (Concept Concept, Misconception Misconception)? known = answer.Judgement.Misconception is { } id ? course.Concepts.FindMisconception(id) : null;
        Concept concept = known?.Concept ?? course.Concepts.Find(question.Concepts[0])!;
        SessionOutline? outline = course.Outline.FirstOrDefault(session => session.Concepts.Contains(concept.Id, StringComparer.Ordinal));
        Section? section = outline is null ? null : SectionOf(course.Session(outline.Id, language), concept, known?.Misconception.Id);
        return new BaselineFinding(question.Id, concept, answer.Shown, known?.Misconception, known?.Misconception.Correction.In(language) ?? Feedback(question, answer.Answer), outline, section);
    }

    // where the same misconception can show again; else where the concept is asked about most; else where an experiment tests what is believed of it
    private static Section? SectionOf(Session? session, Concept concept, string? misconception)
    {
        IReadOnlyList<Section> sections = session?.Sections ?? [];
        string[] experiments = [.. concept.Misconceptions.Select(known => known.Claim?.Split('/')[0] ?? "")];
        return sections.FirstOrDefault(section => misconception is not null && Questions(section).OfType<ChoiceQuestion>().Any(choice => choice.Options.Any(option => string.Equals(option.Misconception, misconception, StringComparison.Ordinal))))
            ?? sections.Where(section => Weight(section, concept.Id) > 0).MaxBy(section => Weight(section, concept.Id))
            ?? sections.FirstOrDefault(section => section.Blocks.OfType<ExperimentBlock>().Any(block => experiments.Contains(block.Experiment, StringComparer.Ordinal)));
    }

    // a question is about its first concept above all
    private static int Weight(Section section, string concept) =>
        Questions(section).Sum(question => string.Equals(question.Concepts[0], concept, StringComparison.Ordinal) ? 3 : question.Concepts.Contains(concept, StringComparer.Ordinal) ? 1 : 0);

    private static IEnumerable<Question> Questions(Section section) => section.Blocks.SelectMany(WithInner).OfType<Question>();

    private static IEnumerable<Block> WithInner(Block block) => [block, .. block.Inner.SelectMany(WithInner)];

    // a wrong answer without a known misconception: what the test itself says of it
    private static string Feedback(Question question, GivenAnswer answer) => question is ChoiceQuestion choice && answer is ChosenOptions chosen
        ? choice.Options.FirstOrDefault(option => !option.IsRight && chosen.Options.Contains(option.Id, StringComparer.Ordinal))?.Feedback ?? ""
        : "";
}
