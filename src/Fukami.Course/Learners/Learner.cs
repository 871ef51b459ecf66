using Fukami.Lab;

namespace Fukami.Course;

/// <summary>A learner.</summary>
/// <param name="Id">The stable id.</param>
/// <param name="Name">What the learner wants to be called.</param>
/// <param name="Role">What they do at work; may be empty.</param>
/// <param name="Group">Their study group; may be empty.</param>
/// <param name="Language">The language that they read.</param>
/// <param name="Created">When they began.</param>
public sealed record Learner(Guid Id, string Name, string Role, string Group, Language Language, DateTimeOffset Created);
