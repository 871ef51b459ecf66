namespace Fukami.Course;

/// <summary>A learner in the database.</summary>
internal sealed class LearnerRow
{
    public Guid Id { get; set; }

    public required string Name { get; set; }

    public required string Role { get; set; }

    public required string Group { get; set; }

    /// <summary>en or ja.</summary>
    public required string Language { get; set; }

    /// <summary>When they began, in microseconds since 1970: the same number in every database.</summary>
    public long Created { get; set; }
}
