using System.Runtime.InteropServices;

namespace Fukami.Tensors;

/// <summary>
/// A block of zeroed memory that never moves, aligned to a cache line or a huge page. It is a pinned array of the garbage collector's:
/// whoever holds a span over it keeps it alive, and nobody has to give it back.
/// </summary>
internal sealed unsafe partial class MemoryBlock
{
    private const int HugePage = 2 << 20;
    private const int Line = 64;
    private const int AdviseHugePages = 14;

    /// <summary>A vector that begins at the last number may be loaded whole.</summary>
    private const int ReadableBeyond = 16;

    private readonly float[] array;

    public MemoryBlock(long floats)
    {
        long bytes = floats * sizeof(float);
        int alignment = bytes >= HugePage ? HugePage : Line;
        array = GC.AllocateUninitializedArray<float>(checked((int)(floats + ReadableBeyond + (alignment / sizeof(float)))), pinned: true);
        nuint start = (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
        Pointer = (float*)((start + (nuint)alignment - 1) & ~((nuint)alignment - 1));
        Floats = floats;

        // A wide model walks through its weights with long strides: pages of 2 MB keep the address translation in the cache.
        if (alignment == HugePage && OperatingSystem.IsLinux())
        {
            _ = Advise(Pointer, (nuint)(bytes / HugePage * HugePage), AdviseHugePages);
        }

        Array.Clear(array);
    }

    public float* Pointer { get; }

    public long Floats { get; }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
