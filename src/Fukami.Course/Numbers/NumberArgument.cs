namespace Fukami.Course;

/// <summary>An argument of a generator, a whole number.</summary>
/// <param name="Name">The name in a course's files.</param>
/// <param name="Default">The default.</param>
/// <param name="Least">The least that is allowed.</param>
/// <param name="Most">The most that is allowed.</param>
public sealed record NumberArgument(string Name, int Default, int Least, int Most);
