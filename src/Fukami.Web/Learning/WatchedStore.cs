using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Web;

/// <summary>The store of learners, which tells a learner's open pages of every event.</summary>
/// <param name="store">The store.</param>
/// <param name="changes">Who is told.</param>
/// <param name="by">Who writes through it; those who wrote need not be told.</param>
internal sealed class WatchedStore(ILearnerStore store, LearnerChanges changes, object? by = null) : ILearnerStore
{
    /// <summary>Who writes through it.</summary>
    public object? Writer => by;

    /// <summary>The same store, written to by somebody.</summary>
    public WatchedStore By(object writer) => new(store, changes, writer);

    public Task<IReadOnlyList<Learner>> ListAsync(CancellationToken cancellation = default) => store.ListAsync(cancellation);

    public Task<Learner?> FindAsync(Guid learner, CancellationToken cancellation = default) => store.FindAsync(learner, cancellation);

    public Task<Learner> AddAsync(string name, string role, string group, Language language, CancellationToken cancellation = default) => store.AddAsync(name, role, group, language, cancellation);

    public Task<IReadOnlyList<StudyEvent>> ReadAsync(Guid learner, CancellationToken cancellation = default) => store.ReadAsync(learner, cancellation);

    public async Task UpdateAsync(Learner learner, CancellationToken cancellation = default)
    {
        await store.UpdateAsync(learner, cancellation).ConfigureAwait(false);
        changes.Tell(learner.Id, by);
    }

    public async Task AppendAsync(Guid learner, StudyEvent happened, CancellationToken cancellation = default)
    {
        await store.AppendAsync(learner, happened, cancellation).ConfigureAwait(false);
        changes.Tell(learner, by);
    }

    public async Task DeleteAsync(Guid learner, CancellationToken cancellation = default)
    {
        await store.DeleteAsync(learner, cancellation).ConfigureAwait(false);
        changes.Tell(learner, by);
    }
}
