using System.Text.Json.Serialization;

namespace Fukami.Course;

/// <summary>
/// Something that happened in a learner's study. The events of a learner, in order, are all that is stored: plan, states, progress and reviews follow
/// from them (<c>LearnerState</c>). An event is written before its consequence is shown.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(BaselineStarted), "baseline-started")]
[JsonDerivedType(typeof(BaselineFinished), "baseline-finished")]
[JsonDerivedType(typeof(SessionStarted), "session-started")]
[JsonDerivedType(typeof(StepReached), "step-reached")]
[JsonDerivedType(typeof(QuestionAnswered), "question-answered")]
[JsonDerivedType(typeof(JudgementOverruled), "judgement-overruled")]
[JsonDerivedType(typeof(ExperimentMeasured), "experiment-measured")]
[JsonDerivedType(typeof(LabRun), "lab-run")]
[JsonDerivedType(typeof(FeedbackGiven), "feedback-given")]
[JsonDerivedType(typeof(SessionFinished), "session-finished")]
[JsonDerivedType(typeof(ConsentChanged), "consent-changed")]
public abstract record StudyEvent
{
    /// <summary>When, in the learner's clock.</summary>
    public required DateTimeOffset At { get; init; }
}
