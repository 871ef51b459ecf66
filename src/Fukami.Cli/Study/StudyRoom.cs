using Fukami.Course;

namespace Fukami.Cli;

/// <summary>What a learner studies with.</summary>
/// <param name="Content">The course.</param>
/// <param name="Store">Where learners are kept.</param>
/// <param name="Judge">Judges answers in words.</param>
/// <param name="Time">The clock.</param>
internal sealed record StudyRoom(CourseContent Content, ILearnerStore Store, IOpenJudge Judge, TimeProvider Time)
{
    /// <summary>The state of a learner as it is stored.</summary>
    public async Task<LearnerState> StateAsync(Learner learner, CancellationToken stop) => LearnerState.Of(Content, await Store.ReadAsync(learner.Id, stop));
}
