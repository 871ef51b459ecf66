namespace Fukami.Tensors;

/// <summary>Rows of past positions (keys or values) that later passes read: (batch, capacity, width), filled from the front.</summary>
public sealed class SequenceCache
{
    /// <summary>Room for a number of positions.</summary>
    public SequenceCache(int batch, int capacity, int width) => throw new NotImplementedException();

    /// <summary>Positions held.</summary>
    public int Length => throw new NotImplementedException();

    /// <summary>Positions that fit.</summary>
    public int Capacity => throw new NotImplementedException();

    /// <summary>Forgets all positions from this one on.</summary>
    public void Truncate(int length) => throw new NotImplementedException();
}
