using Fukami.Course;

namespace Fukami.Cli;

/// <summary>The learner has the last word on an answer in words: agrees, or marks the points anew.</summary>
internal sealed class OwnJudgement(StudyScreen screen)
{
    /// <summary>Asks. None if the learner agrees.</summary>
    public async Task<Judgement?> AskAsync(OpenQuestion question, Judgement judged)
    {
        screen.Blank();
        if (judged.Points is not null)
        {
            string typed = TypedText.Command(await screen.AskAsync(screen.Say("Do you agree? Enter: yes · n: no, I mark it myself", "この判定でよいですか。Enter: はい ・ n: いいえ、自分で判定する")));
            if (typed is not ("n" or "no" or "いいえ"))
            {
                return typed == "q" ? throw new StudyPausedException(isInterrupted: false) : null;
            }
        }

        var points = new List<PointFinding>();
        foreach (RubricPoint point in question.Rubric.Points)
        {
            screen.Paragraph(point.Point.In(screen.Language), 2);
            string typed = TypedText.Command(await screen.AskAsync(screen.Say("Does your answer say so? y · n", "あなたの回答にありますか。y: ある ・ n: ない")));
            if (typed == "q")
            {
                throw new StudyPausedException(isInterrupted: false);
            }

            PointFinding? before = judged.Points?.FirstOrDefault(finding => string.Equals(finding.Point, point.Id, StringComparison.Ordinal));
            bool found = typed.Length == 0 ? before?.IsFound == true : typed[0] is 'y' or 'は' or 'あ';
            points.Add(new PointFinding(point.Id, found, found ? before?.Quote : null, IsContradicted: false));
        }

        return LearnerJudgement.Of(question, points);
    }
}
