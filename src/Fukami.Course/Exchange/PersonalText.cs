using System.Globalization;
using System.Text.RegularExpressions;
using Fukami.Lab;

namespace Fukami.Course;

/// <summary>What a written-out session says of its learner.</summary>
/// <param name="session">The session.</param>
/// <param name="concepts">The names of concepts and misconceptions.</param>
/// <param name="copy">For whom; none for nobody in particular.</param>
internal sealed partial class PersonalText(Session session, ConceptMap concepts, PersonalCopy? copy)
{
    private SessionProgress? Progress => copy?.State?.Session(session.Id);

    /// <summary>The lines at the beginning: learner, present understanding, goal, minutes, date.</summary>
    public IReadOnlyList<(string Label, string Value)> Opening()
    {
        var lines = new List<(string, string)>();
        if (copy is not null)
        {
            string about = string.Join(Say(", ", "、"), new[] { copy.Role, copy.Group }.Where(part => part.Length > 0));
            lines.Add((Say("Learner", "受講者"), Plain(about.Length > 0 ? Say($"{copy.Name} ({about})", $"{copy.Name}（{about}）") : copy.Name)));
            if (copy.State is not null)
            {
                lines.Add((Say("Present understanding", "現在の理解"), Understanding(copy.State)));
            }
        }

        lines.Add((Say("Goal", "目標"), session.Goal));
        lines.Add((Say("Minutes", "所要時間"), Say($"{session.Minutes}", $"{session.Minutes}分")));
        if (copy is not null)
        {
            lines.Add((Say("Date", "日付"), copy.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        }

        return lines;
    }

    /// <summary>Whether a block for learners in some state is for this one; for nobody in particular all are.</summary>
    public bool Shows(WhenBlock block)
    {
        if (copy is null)
        {
            return true;
        }

        ConceptStanding? standing = copy.State?.Standing(block.Concept);
        return standing is not null
            && block.States.Contains(standing.State)
            && (block.Misconception is null || string.Equals(block.Misconception, standing.Misconception, StringComparison.Ordinal));
    }

    /// <summary>A text with the learner's figures and, in a block for a state, their answer; for nobody in particular, without the sentences about one.</summary>
    public string Fill(string markdown, WhenBlock? within = null)
    {
        string filled = Placeholders.FillMeasured(markdown, Progress);
        if (within is not null && copy?.State?.Standing(within.Concept) is { } standing)
        {
            filled = Placeholders.FillStanding(filled, standing with { Answer = standing.Answer is { } answer ? Plain(answer) : null }, concepts, session.Language);
        }

        return Left.Replace(filled, "");
    }

    /// <summary>How a question is asked: as the learner met it, or else always the same.</summary>
    public QuestionView View(Question question) =>
        QuestionView.Of(question, copy?.State?.Answer(session.Id, question.Id)?.Seed ?? Progress?.Seed ?? 1);

    /// <summary>What the learner answered, in Markdown; none if nothing.</summary>
    public string? Answer(Question question) => copy?.State?.Answer(session.Id, question.Id) is { } answered
        ? Plain(answered.Shown) + OutcomeName(answered.Judgement.Outcome)
        : null;

    /// <summary>What the learner measured, by claim.</summary>
    public IReadOnlyList<(string Claim, string Value)> Figures(ExperimentBlock block)
    {
        if (Progress?.Measured.GetValueOrDefault(block.Id) is not { } measured)
        {
            return [];
        }

        Experiment? experiment = ExperimentCatalog.Find(measured.Experiment);
        return [.. measured.Figures.Where(figure => measured.Verdicts.ContainsKey(figure.Key)).Select(figure =>
        {
            string[] parts = figure.Key.Split('@', 2);
            string claim = experiment?.Claims.FirstOrDefault(known => string.Equals(known.Id, parts[0], StringComparison.Ordinal))?.Statement.In(session.Language) ?? parts[0];
            return (Plain(parts.Length > 1 ? Say($"{claim} ({parts[1]})", $"{claim}（{parts[1]}）") : claim), $"{Placeholders.Show(figure.Value)} ({measured.Verdicts[figure.Key]})");
        })];
    }

    /// <summary>What the learner said of the session, in Markdown.</summary>
    public IReadOnlyList<string> Feedback(FeedbackBlock block) =>
        [.. block.Prompts.Select(prompt => (prompt, given: copy?.State?.Feedback.LastOrDefault(given => string.Equals(given.Session, session.Id, StringComparison.Ordinal) && string.Equals(given.Prompt, prompt.Id, StringComparison.Ordinal))))
            .Where(entry => entry.given is not null)
            .Select(entry => $"**{entry.prompt.Text}** {Plain(entry.given!.Text)}")];

    /// <summary>The name of a state.</summary>
    public static LocalizedText NameOf(ConceptState state) => state switch
    {
        ConceptState.NotSeen => new("not seen", "未確認"),
        ConceptState.Wrong => new("wrong", "誤解あり"),
        ConceptState.Unknown => new("unknown", "わからない"),
        ConceptState.Forgotten => new("forgotten", "忘れた"),
        ConceptState.Learning => new("learning", "学習中"),
        _ => new("known", "理解済み"),
    };

    // a sentence about an answer that is not known
    [GeneratedRegex(@"([^.。*\s{][^.。*\n]*)?\{\{(answer|misconception)\}\}[^.。\n]*[.。]?[ ]?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Left { get; }

    [GeneratedRegex(@"(?<mark>[\\`*_{}\[\]<>#|$!~&])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Special { get; }

    // what a learner wrote is text, on one line, whatever it contains
    private static string Plain(string words) => Special.Replace(string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), @"\${mark}");

    private string Understanding(LearnerState state) => string.Join(Say("; ", "、"), session.Concepts.Select(concept =>
    {
        string title = concepts.Find(concept)?.Title.In(session.Language) ?? concept;
        return Say($"{title}: {NameOf(state.Standing(concept).State).English}", $"{title}：{NameOf(state.Standing(concept).State).Japanese}");
    }));

    private string OutcomeName(Outcome outcome) => outcome switch
    {
        Outcome.Right => Say(" (right)", "（正解）"),
        Outcome.Partly => Say(" (partly right)", "（一部正解）"),
        Outcome.Wrong => Say(" (wrong)", "（不正解）"),
        _ => "",
    };

    private string Say(string english, string japanese) => session.Language == Language.Japanese ? japanese : english;
}
