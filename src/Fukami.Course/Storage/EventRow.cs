namespace Fukami.Course;

/// <summary>An event in the database.</summary>
internal sealed class EventRow
{
    public Guid Learner { get; set; }

    /// <summary>Its place among the learner's events, from 1.</summary>
    public long Number { get; set; }

    /// <summary>The event as JSON.</summary>
    public required string Json { get; set; }
}
