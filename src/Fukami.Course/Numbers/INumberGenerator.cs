namespace Fukami.Course;

/// <summary>Draws the numbers of a question, and lets the engine compute its key and what each known mistake would give.</summary>
public interface INumberGenerator
{
    /// <summary>The name in a course's files.</summary>
    string Name { get; }

    /// <summary>The arguments that it takes, each with its default, and the least and most that are allowed.</summary>
    IReadOnlyList<NumberArgument> Arguments { get; }

    /// <summary>A case: the same seed and arguments give the same one.</summary>
    /// <param name="seed">What is drawn follows from it.</param>
    /// <param name="arguments">A value for every argument, in their order.</param>
    NumberCase Draw(ulong seed, IReadOnlyList<int> arguments);
}
