using System.Globalization;
using Fukami.Course;

namespace Fukami.Cli;

/// <summary>The sessions of the course and how far the learner is.</summary>
internal sealed class SessionList(StudyScreen screen, LearnerState state)
{
    /// <summary>Shows them.</summary>
    public void Show()
    {
        foreach ((int index, SessionOutline outline) in state.Course.Outline.Index())
        {
            Session? session = state.Course.Session(outline.Id, screen.Language);
            string number = (session?.Number ?? index + 1).ToString(CultureInfo.InvariantCulture);
            screen.Paragraph($"{number}  {Ink.Bold(outline.Title.In(screen.Language))} {Ink.Dim(outline.Id)}", 0, 3);
            screen.Paragraph($"{screen.Say($"{outline.Minutes} min", $"{outline.Minutes} 分")}{screen.Say(", ", "、")}{Progress(session, state.Session(outline.Id))}", 3);
        }
    }

    private string Progress(Session? session, SessionProgress? progress) => (session, progress) switch
    {
        (null, _) => screen.Say("not written yet", "未執筆"),
        (_, null) => screen.Say("not begun", "未着手"),
        (_, { IsFinished: true }) => screen.Say($"finished in {Minutes(progress)} min", $"修了（{Minutes(progress)} 分）"),
        _ => screen.Say($"begun, {Minutes(progress)} min so far", $"途中（これまで {Minutes(progress)} 分）"),
    };

    private static string Minutes(SessionProgress progress) => (progress.ElapsedSeconds / 60).ToString("0", CultureInfo.InvariantCulture);
}
