
namespace Fukami.Course.Tests;

/// <summary>A learner who answered and measured, for whom a session is written out.</summary>
internal static class Copies
{
    public const string Words = "of notes";

    private static readonly DateTimeOffset Day = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public static PersonalCopy Of(CourseContent course, Session session)
    {
        string baseline = course.AllQuestions.First(question => question.Concepts.Contains("residual-connection")).Id;
        StudyEvent[] events =
        [
            new BaselineStarted(1) { At = Day },
            new QuestionAnswered(BaselineTest.Source, baseline, 1, new ChosenOptions(["a"]), "It is <b>faster</b>", new Judgement(Outcome.Wrong, 0), 3) { At = Day },
            new BaselineFinished { At = Day },
            new SessionStarted(session.Id, 1, 7) { At = Day },
            new ExperimentMeasured(session.Id, session.AllBlocks.OfType<ExperimentBlock>().First().Id, session.AllBlocks.OfType<ExperimentBlock>().First().Experiment, new Dictionary<string, string>(), new Dictionary<string, double> { ["word-can-be-read@pre"] = 0.62 }, new Dictionary<string, string> { ["word-can-be-read@pre"] = "supported" }, "") { At = Day },
            new QuestionAnswered(session.Id, session.Questions.OfType<OpenQuestion>().First().Id, 1, new GivenText("x"), $"A <script> {Words} --> <!-- /fukami -->", new Judgement(Outcome.NotJudged, 0), 3) { At = Day },
            new FeedbackGiven(session.Id, "insight", $"<img src=x> {Words}") { At = Day },
        ];
        return new PersonalCopy("Aya", "engineer", "study group", LearnerState.Of(course, events), new DateOnly(2026, 3, 1));
    }
}
