using System.Collections.Concurrent;

namespace Fukami.Web;

/// <summary>Tells a learner's other open pages that something was stored. Thread-safe.</summary>
internal sealed class LearnerChanges
{
    private readonly ConcurrentDictionary<Guid, Action<object?>> listeners = new();

    /// <summary>Calls back after every event of a learner, on any thread, with whoever caused it.</summary>
    public IDisposable Listen(Guid learner, Action<object?> changed)
    {
        listeners.AddOrUpdate(learner, changed, (_, others) => others + changed);
        return new Listening(() => listeners.AddOrUpdate(learner, _ => static _ => { }, (_, others) => (others - changed) ?? (static _ => { })));
    }

    /// <summary>Tells.</summary>
    public void Tell(Guid learner, object? by)
    {
        if (listeners.TryGetValue(learner, out Action<object?>? all))
        {
            all(by);
        }
    }

    private sealed class Listening(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
