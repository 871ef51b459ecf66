namespace Fukami.Tensors;

/// <summary>What a kernel does at one place of neighbouring numbers, the same at every place: see <see cref="Widest.ForEach"/>.</summary>
internal interface ILanewise
{
    /// <summary>Numbers.</summary>
    nint Count { get; }

    /// <summary>The work for the lanes from place <paramref name="i"/> on.</summary>
    void At<T>(nint i)
        where T : struct, IVector<T>;
}
