namespace Fukami.Course;

/// <summary>For whom a session is written out.</summary>
/// <param name="Name">The learner's name.</param>
/// <param name="Role">What they do at work; may be empty.</param>
/// <param name="Group">Their study group; may be empty.</param>
/// <param name="State">Where they stand, what they answered and measured; none if nothing is known.</param>
/// <param name="Date">The day that stands on it.</param>
public sealed record PersonalCopy(string Name, string Role, string Group, LearnerState? State, DateOnly Date);
