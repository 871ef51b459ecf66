using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Where learners and their events are kept. Thread-safe; several processes may use one store.</summary>
public interface ILearnerStore
{
    /// <summary>All learners, in the order in which they began.</summary>
    Task<IReadOnlyList<Learner>> ListAsync(CancellationToken cancellation = default);

    /// <summary>The learner of this id, or null.</summary>
    Task<Learner?> FindAsync(Guid learner, CancellationToken cancellation = default);

    /// <summary>Adds a learner.</summary>
    /// <exception cref="CourseException">The name is empty, too long, or taken.</exception>
    Task<Learner> AddAsync(string name, string role, string group, Language language, CancellationToken cancellation = default);

    /// <summary>Changes a learner's name, role, group or language.</summary>
    Task UpdateAsync(Learner learner, CancellationToken cancellation = default);

    /// <summary>All events of a learner, in order.</summary>
    Task<IReadOnlyList<StudyEvent>> ReadAsync(Guid learner, CancellationToken cancellation = default);

    /// <summary>Adds an event behind a learner's others. When it returns, the event survives a kill of the process.</summary>
    Task AppendAsync(Guid learner, StudyEvent happened, CancellationToken cancellation = default);

    /// <summary>Deletes a learner and all of their events.</summary>
    Task DeleteAsync(Guid learner, CancellationToken cancellation = default);
}
