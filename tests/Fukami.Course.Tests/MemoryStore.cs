using Fukami.Lab;

namespace Fukami.Course.Tests;

/// <summary>A store that forgets when the test ends.</summary>
internal sealed class MemoryStore : ILearnerStore
{
    private readonly Dictionary<Guid, (Learner Learner, List<StudyEvent> Events)> learners = [];

    public Task<IReadOnlyList<Learner>> ListAsync(CancellationToken cancellation = default) => Task.FromResult<IReadOnlyList<Learner>>([.. learners.Values.Select(entry => entry.Learner)]);

    public Task<Learner?> FindAsync(Guid learner, CancellationToken cancellation = default) => Task.FromResult(learners.TryGetValue(learner, out var entry) ? entry.Learner : null);

    public Task<Learner> AddAsync(string name, string role, string group, Language language, CancellationToken cancellation = default)
    {
        var learner = new Learner(new Guid(learners.Count + 1, 0, 0, new byte[8]), name, role, group, language, DateTimeOffset.UnixEpoch);
        learners.Add(learner.Id, (learner, []));
        return Task.FromResult(learner);
    }

    public Task UpdateAsync(Learner learner, CancellationToken cancellation = default)
    {
        learners[learner.Id] = (learner, learners[learner.Id].Events);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<StudyEvent>> ReadAsync(Guid learner, CancellationToken cancellation = default) => Task.FromResult<IReadOnlyList<StudyEvent>>([.. learners[learner].Events]);

    public Task AppendAsync(Guid learner, StudyEvent happened, CancellationToken cancellation = default)
    {
        learners[learner].Events.Add(happened);
        return Task.CompletedTask;
    }

    public Task DeleteAsync(Guid learner, CancellationToken cancellation = default)
    {
        learners.Remove(learner);
        return Task.CompletedTask;
    }
}
