using System.Globalization;
using System.Text;
using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>A learner's plan, on the screen and as a document.</summary>
internal sealed class PlanScreen(StudyScreen screen, LearnerState state)
{
    private readonly StudyPlan plan = StudyPlan.Of(state, screen.Language);

    /// <summary>The plan.</summary>
    public StudyPlan Plan => plan;

    /// <summary>Shows the plan.</summary>
    public void Show()
    {
        screen.Head(screen.Say("Your plan", "あなたの学習計画"));
        foreach ((int index, PlanItem item) in plan.Items.Index())
        {
            screen.Paragraph(string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {Ink.Bold(item.Session.Title.In(screen.Language))} {Ink.Dim($"({Minutes(item)}{screen.Say(", ", "、")}{Need(item)})")}"), 0, 3);
            screen.Paragraph(LessonText.Inline(item.Reason), 3);
            if (!item.IsWritten)
            {
                screen.Paragraph(NotWritten(item), 3);
            }
        }
    }

    /// <summary>Writes the plan as a Markdown document.</summary>
    /// <param name="path">The file.</param>
    /// <param name="learner">Whose plan it is.</param>
    /// <param name="now">When.</param>
    /// <exception cref="OutputException">It cannot be written there.</exception>
    public void Export(string path, Learner learner, DateTimeOffset now)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {screen.Say("Study plan", "学習計画")}\n\n");
        Row(screen.Say("Learner", "学習者"), learner.Name);
        Row(screen.Say("Role", "役割"), learner.Role);
        Row(screen.Say("Group", "グループ"), learner.Group);
        Row(screen.Say("Date", "日付"), now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        foreach ((int index, PlanItem item) in plan.Items.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {index + 1}. {item.Session.Title.In(screen.Language)}\n\n{Minutes(item)}{screen.Say(", ", "、")}{Need(item)}\n\n{item.Reason.Trim()}\n");
            if (!item.IsWritten)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n{NotWritten(item)}\n");
            }

            foreach (string concept in item.Session.Concepts)
            {
                if (state.Course.Concepts.Find(concept) is { } known)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{(concept == item.Session.Concepts[0] ? "\n" : "")}- {known.Title.In(screen.Language)} ({StateName(state.Standing(concept).State)}): {known.AtWork.In(screen.Language)}\n");
                }
            }
        }

        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text.ToString())));

        void Row(string name, string value)
        {
            if (value.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"- **{name}**: {Escaped(value)}\n");
            }
        }
    }

    /// <summary>The state of a concept in words.</summary>
    public string StateName(ConceptState kind) => kind switch
    {
        ConceptState.Wrong => screen.Say("to be corrected", "要修正"),
        ConceptState.Unknown => screen.Say("not known yet", "未知"),
        ConceptState.Forgotten => screen.Say("forgotten", "忘れている"),
        ConceptState.Learning => screen.Say("learning", "学習中"),
        ConceptState.Known => screen.Say("known", "既知"),
        _ => screen.Say("not asked yet", "未確認"),
    };

    private string Minutes(PlanItem item) => screen.Say($"{item.Session.Minutes} min", $"{item.Session.Minutes} 分");

    private string Need(PlanItem item) => item.Need switch
    {
        PlanNeed.Continue => screen.Say("begun", "途中"),
        PlanNeed.Repeat => screen.Say("look again", "見直し"),
        PlanNeed.Done => screen.Say("done", "完了"),
        _ => screen.Say("to study", "これから"),
    };

    private string NotWritten(PlanItem item) => screen.Say(
        $"This session is not written yet; its experiments show the subject: {string.Join(", ", item.Session.Experiments)} (fukami experiment run NAME).",
        $"このセッションはまだ書かれていません。内容は次の実験で確かめられます: {string.Join("、", item.Session.Experiments)}（fukami experiment run 名前）");

    private static string Escaped(string text) => string.Concat(text.Select(c => c is '*' or '_' or '`' or '[' or ']' or '<' or '>' or '\\' ? $"\\{c}" : c.ToString()));
}
