namespace Fukami.Course;

/// <summary>One step of a session: a block that the learner sees, with the section in which it stands.</summary>
/// <param name="Section">The section.</param>
/// <param name="Block">The block.</param>
/// <param name="IsFirstOfSection">Whether a section begins with it.</param>
public sealed record StudyStep(Section Section, Block Block, bool IsFirstOfSection);
