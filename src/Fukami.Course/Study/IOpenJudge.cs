using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Judges an answer in the learner's own words against the question's rubric.</summary>
public interface IOpenJudge
{
    /// <summary>Which points of the rubric the answer shows.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answer">The learner's words.</param>
    /// <param name="language">The language of question and answer.</param>
    /// <param name="cancellation">Stops a judge that takes its time.</param>
    Task<Judgement> JudgeAsync(OpenQuestion question, string answer, Language language, CancellationToken cancellation = default);
}
