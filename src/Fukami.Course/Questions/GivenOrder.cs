namespace Fukami.Course;

/// <summary>An order: the items' places in the file, from 0, in the order that the learner gave.</summary>
public sealed record GivenOrder(IReadOnlyList<int> Items) : GivenAnswer;
