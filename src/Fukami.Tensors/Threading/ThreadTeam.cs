namespace Fukami.Tensors;

/// <summary>
/// Resident threads that work through a pass together. The number of threads never changes a result.
/// </summary>
public sealed class ThreadTeam
{
    /// <summary>A team of this many threads, the calling one included.</summary>
    public ThreadTeam(int threads) => throw new NotImplementedException();

    /// <summary>The process's own team: FUKAMI_THREADS if set, else one thread a processor.</summary>
    public static ThreadTeam Shared => throw new NotImplementedException();

    /// <summary>Threads, the calling one included.</summary>
    public int Threads { get; }
}
