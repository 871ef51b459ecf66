using Fukami.Course;

namespace Fukami.Cli;

/// <summary>Answers at the opening of a session what the learner said at the end of the last one.</summary>
internal sealed class FeedbackReplies(StudyScreen screen, LearnerState state)
{
    /// <summary>Quotes and answers the last doubt and the last wish; nothing if there are none.</summary>
    public void Show(Session session)
    {
        foreach (FeedbackReply reply in FeedbackReply.Of(session, state))
        {
            string quoted = Ink.Harmless(reply.Words);
            screen.Paragraph((string.Equals(reply.Prompt, "doubt", StringComparison.Ordinal)
                ? screen.Say($"Last time you were not yet convinced: “{quoted}”. ", $"前回、まだ納得していないこととして「{quoted}」と書かれていました。")
                : screen.Say($"Last time you wished: “{quoted}”. ", $"前回のご希望は「{quoted}」でした。")) + LessonText.Inline(reply.Sentence));
            screen.Blank();
        }
    }
}
