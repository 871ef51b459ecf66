namespace Fukami.Course;

/// <summary>The learner allowed, or no longer allows, that answers are sent to the chat model that is configured.</summary>
/// <param name="IsGiven">Whether it is allowed now.</param>
/// <param name="Address">The address that it was asked for.</param>
public sealed record ConsentChanged(bool IsGiven, string Address) : StudyEvent;
