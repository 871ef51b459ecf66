namespace Fukami.Tensors;

/// <summary>
/// Memory that is used again, for tapes and models that follow one another: the next ones lie where the last ones did, and neither the system nor the garbage
/// collector is asked for more as long as they are not larger. It serves one tape and one model at a time. Not thread-safe.
/// </summary>
public sealed class Workspace
{
    private readonly Arena storages = new();

    /// <summary>Bytes that it holds, in use or not.</summary>
    public long Bytes => (storages.Capacity + Passes.Capacity) * sizeof(float);

    /// <summary>How often its storages were taken back: those of an earlier round are invalid.</summary>
    internal long Round { get; private set; }

    /// <summary>What a tape's passes take their memory from.</summary>
    internal Arena Passes { get; } = new();

    /// <summary>The number of the tape that works here now; an earlier one would write into its memory.</summary>
    internal long Tape { get; private set; }

    /// <summary>Takes back the memory of all storages, for those of the next model. Whoever still uses one of the last gets an error.</summary>
    public void TakeStoragesBack()
    {
        Round++;
        storages.Reset();
    }

    /// <summary>A tape's number, the next.</summary>
    internal long NextTape() => ++Tape;

    /// <summary>Memory of any content for a storage.</summary>
    internal MemoryBlock Take(long floats) => storages.TakeBlock(floats);
}
