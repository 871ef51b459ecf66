using Fukami.Lab;

namespace Fukami.Course;

/// <summary>
/// The order in which a learner studies. What the learner needs most comes first, and nothing before the sessions that it builds on.
/// It follows from the state alone, so it is a new one after every session.
/// </summary>
public sealed class StudyPlan
{
    private readonly LearnerState state;
    private readonly Language language;

    private StudyPlan(LearnerState state, Language language)
    {
        (this.state, this.language) = (state, language);
        Items = Ordered();
    }

    /// <summary>The sessions, the next one first; those that are done come last.</summary>
    public IReadOnlyList<PlanItem> Items { get; }

    /// <summary>The session to study next; none when nothing that is written is left.</summary>
    public PlanItem? Next => Items.FirstOrDefault(item => item.IsWritten && item.Need != PlanNeed.Done);

    /// <summary>The plan of a learner.</summary>
    public static StudyPlan Of(LearnerState state, Language language) => new(state, language);

    private List<PlanItem> Ordered()
    {
        List<PlanItem> left = [.. state.Course.Outline.Select(Item)];
        var ordered = new List<PlanItem>();
        var placed = new HashSet<string>(StringComparer.Ordinal);
        while (left.Count > 0)
        {
            PlanItem next = left.Where(item => IsReady(item, left)).OrderBy(item => item.Need).ThenByDescending(Weight).FirstOrDefault() ?? left[0];
            left.Remove(next);
            ordered.Add(next);
            placed.UnionWith(next.Session.Concepts);
        }

        ordered = [.. ordered.OrderBy(item => item.Need == PlanNeed.Done)];
        int first = ordered.FindIndex(item => item.Need != PlanNeed.Done);
        if (first >= 0)
        {
            ordered[first] = ordered[first] with { Reason = ordered[first].Reason + Wish(ordered[first].Session) };
        }

        return ordered;
    }

    // ready when nothing that it builds on is taught by a session that is still to come
    private bool IsReady(PlanItem item, List<PlanItem> left) => !left.Exists(other => other != item && (other.Need is PlanNeed.Continue or PlanNeed.Study)
        && item.Session.Concepts.SelectMany(id => state.Course.Concepts.Find(id)?.Prerequisites ?? []).Any(id => other.Session.Concepts.Contains(id, StringComparer.Ordinal) && !item.Session.Concepts.Contains(id, StringComparer.Ordinal)));

    // misconceptions first: they spoil what is learnt on top of them
    private static double Weight(PlanItem item) => item.Gaps.Sum(gap => gap.State switch
    {
        ConceptState.Wrong => 3,
        ConceptState.Unknown => 2,
        ConceptState.Forgotten => 1.5,
        ConceptState.NotSeen => 1,
        _ => 0.5,
    });

    private PlanItem Item(SessionOutline session)
    {
        ConceptStanding[] gaps = [.. session.Concepts.Select(state.Standing).Where(standing => standing.State != ConceptState.Known)];
        SessionProgress? progress = state.Session(session.Id);
        PlanNeed need = progress switch
        {
            { IsFinished: false } => PlanNeed.Continue,
            { IsFinished: true } => Array.Exists(gaps, gap => gap.State is ConceptState.Wrong or ConceptState.Unknown or ConceptState.Forgotten) ? PlanNeed.Repeat : PlanNeed.Done,
            null => gaps.Length == 0 ? PlanNeed.Done : PlanNeed.Study,
        };
        return new PlanItem(session, state.Course.Session(session.Id, language) is not null, need, gaps, Reason(session, need, gaps));
    }

    private string Reason(SessionOutline session, PlanNeed need, ConceptStanding[] gaps)
    {
        bool japanese = language == Language.Japanese;
        ConceptStanding? gap = Array.Find(gaps, standing => standing.State == ConceptState.Wrong) ?? Array.Find(gaps, standing => standing.State is ConceptState.Unknown or ConceptState.Forgotten);
        string about = gap is null ? "" : Say(gap, japanese);
        return (need, gap) switch
        {
            (PlanNeed.Continue, _) => japanese ? "途中まで進んでいます。続きから始められます。" : "You have begun it, and can go on where you stopped.",
            (PlanNeed.Repeat, { }) => japanese ? $"{about}もう一度確かめておきましょう。" : $"{about} Look at it once more.",
            (PlanNeed.Done, _) => Done(session, japanese),
            (_, { }) => about,
            _ => japanese ? "まだ質問していない内容が含まれています。" : "It covers what you have not been asked about yet.",
        };
    }

    private string Done(SessionOutline session, bool japanese) => state.Session(session.Id) is null
        ? japanese ? "事前テストで、ここの内容はすべて知っていることがわかりました。" : "The baseline test showed that you know all of it."
        : japanese ? "修了しました。あとは復習で確かめます。" : "Finished. Reviews will keep it.";

    private string Say(ConceptStanding gap, bool japanese)
    {
        string title = state.Course.Concepts.Find(gap.Concept)?.Title.In(language) ?? gap.Concept;
        string answer = gap.Answer ?? "";
        string belief = gap.Misconception is { } id && state.Course.Concepts.FindMisconception(id) is { } found ? found.Misconception.Belief.In(language).TrimEnd('。', '.') : "";
        return gap.State switch
        {
            ConceptState.Wrong when belief.Length > 0 => japanese
                ? $"「{title}」の質問に「{answer}」と答えました。「{belief}」という考えは、測定と合いません。"
                : $"Asked about {Lower(title)}, you answered “{answer}”. The belief that goes with it, “{belief}”, does not agree with the measurements.",
            ConceptState.Wrong => japanese
                ? $"「{title}」の質問に「{answer}」と答えましたが、正しくありませんでした。"
                : $"Asked about {Lower(title)}, you answered “{answer}”, which was not right.",
            ConceptState.Forgotten => japanese
                ? $"「{title}」は「以前は知っていた」と答えました。思い出すところから始めます。"
                : $"Of {Lower(title)} you said that you knew it once; it will come back quickly.",
            _ => japanese
                ? $"「{title}」は「わからない」と答えました。"
                : $"Of {Lower(title)} you said that you do not know it.",
        };
    }

    // what the learner wished for last, and what the session can do for it
    private string Wish(SessionOutline next)
    {
        if (state.Feedback.LastOrDefault(given => string.Equals(given.Prompt, "wish", StringComparison.Ordinal) && given.Text.Length > 0) is not { } wish)
        {
            return "";
        }

        string reply = state.Course.Session(next.Id, language) is { } session ? WishReply.Of(wish.Text, session, state) ?? "" : "";
        return language == Language.Japanese ? $"前回のご希望は「{wish.Text}」でした。{reply}" : $" You wished for: “{wish.Text}”. {reply}".TrimEnd();
    }

    private static string Lower(string title) => title.Length > 1 && char.IsUpper(title[0]) && !char.IsUpper(title[1]) ? char.ToLowerInvariant(title[0]) + title[1..] : title;
}
