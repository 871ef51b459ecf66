using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Whether the languages of a course say the same: the same sessions, sections and blocks with the same ids, keys and numbers.</summary>
/// <param name="course">The course.</param>
/// <param name="faults">Where faults go.</param>
internal sealed class LanguageCheck(CourseContent course, ICollection<CourseFault> faults)
{
    /// <summary>Compares the languages.</summary>
    public void Run()
    {
        foreach (string id in course.Every.Select(session => session.Id).Distinct(StringComparer.Ordinal))
        {
            if (course.Session(id, Language.Japanese) is not { } japanese)
            {
                Missing(course.Session(id, Language.English)!, "ja");
            }
            else if (course.Session(id, Language.English) is not { } english)
            {
                Missing(japanese, "en");
            }
            else
            {
                Compare(japanese, english);
                Compare(english, japanese);
            }
        }
    }

    private void Missing(Session session, string language) => new FaultList(course.FileOf(session), faults).Add(
        1, $"The session {session.Id} is missing in the folder {language}.", $"セッション {session.Id} がフォルダー {language} にありません。");

    private void Compare(Session session, Session other)
    {
        var list = new FaultList(course.FileOf(session), faults);
        string otherFile = course.FileOf(other);
        Block[] blocks = [.. session.AllBlocks];
        var others = other.AllBlocks.GroupBy(block => block.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        foreach (Section section in session.Sections.Where(section => other.Sections.All(counterpart => !string.Equals(counterpart.Id, section.Id, StringComparison.Ordinal))))
        {
            list.Add(section.Line, $"{otherFile} has no section “{section.Id}”.", $"{otherFile} に節「{section.Id}」がありません。");
        }

        foreach (Block block in blocks)
        {
            if (!others.TryGetValue(block.Id, out Block? counterpart))
            {
                list.Add(block.Line, $"{otherFile} has no block “{block.Id}”.", $"{otherFile} にブロック「{block.Id}」がありません。");
            }
            else if (!string.Equals(Facts(block), Facts(counterpart), StringComparison.Ordinal))
            {
                list.Add(block.Line, $"The block “{block.Id}” differs from the one in {otherFile} in more than words: its kind, settings, keys or numbers.", $"ブロック「{block.Id}」が {otherFile} のものと、言葉以外（種類・設定・正解・数値）で異なります。");
            }
        }

        string[] order = [.. blocks.Select(block => block.Id).Where(others.ContainsKey)];
        var here = blocks.Select(block => block.Id).ToHashSet(StringComparer.Ordinal);
        if (!order.SequenceEqual(other.AllBlocks.Select(block => block.Id).Where(here.Contains), StringComparer.Ordinal))
        {
            list.Add(1, $"The blocks stand in another order than in {otherFile}.", $"ブロックの順序が {otherFile} と異なります。");
        }
    }

    // all that is not words
    private static string Facts(Block block) => block switch
    {
        ExperimentBlock b => $"experiment {b.Experiment} {b.Preset} {Show(b.Settings)} {Show(b.Expect)}",
        ChoiceQuestion b => $"choice {Join(b.Concepts)} {b.Shuffles} {Join(b.Options.Select(option => $"{option.IsRight}/{option.Misconception}/{option.Measured}"))}",
        NumberQuestion b => FormattableString.Invariant($"number {Join(b.Concepts)} {b.Generator} {Show(b.Arguments)} {b.Tolerance}"),
        PredictQuestion b => FormattableString.Invariant($"predict {Join(b.Concepts)} {b.Experiment} {b.Claim} {b.Subject} {b.Factor} {b.Tolerance}"),
        OrderQuestion b => $"order {Join(b.Concepts)} {b.Items.Count}",
        OpenQuestion b => $"open {Join(b.Concepts)}",
        WhenBlock b => $"when {b.Concept} {Join(b.States.Select(state => state.Name()))} {b.Misconception}",
        FigureBlock b => $"figure {b.Draw} {Show(b.Arguments)}",
        FeedbackBlock b => $"feedback {Join(b.Prompts.Select(prompt => prompt.Id))}",
        _ => block.GetType().Name,
    };

    private static string Show(IReadOnlyDictionary<string, string> map) => Join(map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    private static string Join(IEnumerable<string> texts) => string.Join('|', texts);
}
