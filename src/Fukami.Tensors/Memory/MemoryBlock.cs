using System.Runtime.InteropServices;

namespace Fukami.Tensors;

/// <summary>
/// A block of zeroed memory that never moves, aligned to a cache line or a huge page. It lies in a pinned array of the garbage collector's:
/// whoever holds a span over it keeps it alive, and nobody has to give it back. Small blocks share an array.
/// </summary>
internal sealed unsafe partial class MemoryBlock
{
    private const int HugePage = 2 << 20;
    private const int Line = 64;
    private const int AdviseHugePages = 14;
    private const int SlabFloats = 2 << 20;
    private const int LargestInSlab = SlabFloats / 8;

    /// <summary>A vector that begins at the last number may be loaded whole.</summary>
    private const int ReadableBeyond = 16;

    private static readonly Lock Turn = new();
    private static MemoryBlock? slab;
    private static long slabUsed;

    /// <summary>Keeps the memory alive.</summary>
    private readonly float[] array;

    public MemoryBlock(long floats)
    {
        Floats = floats;
        if (floats > LargestInSlab)
        {
            (array, var start) = Allocated(floats);
            Pointer = (float*)start;
            return;
        }

        // The many small parameters of a deep model lie side by side, in pages of 2 MB, in the order in which they are made and read.
        long needed = (floats + ReadableBeyond + (Line / sizeof(float)) - 1) / (Line / sizeof(float)) * (Line / sizeof(float));
        lock (Turn)
        {
            if (slab is null || slabUsed + needed > slab.Floats)
            {
                slab = new MemoryBlock(SlabFloats);
                slabUsed = 0;
            }

            array = slab.array;
            Pointer = slab.Pointer + slabUsed;
            slabUsed += needed;
        }
    }

    private MemoryBlock(MemoryBlock whole, long first, long floats)
    {
        array = whole.array;
        Pointer = whole.Pointer + first;
        Floats = floats;
    }

    public float* Pointer { get; }

    public long Floats { get; }

    /// <summary>A part of it, with what it holds.</summary>
    public MemoryBlock Part(long first, long floats) => new(this, first, floats);

    private static (float[] Array, nint Pointer) Allocated(long floats)
    {
        long bytes = floats * sizeof(float);
        int alignment = bytes >= HugePage ? HugePage : Line;

        // Memory that comes fresh from the system is zero already, and the collector leaves it alone: a page is first touched by the thread that fills it.
        var memory = GC.AllocateArray<float>(checked((int)(floats + ReadableBeyond + (alignment / sizeof(float)))), pinned: true);
        nint start = Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0);
        nint pointer = (start + alignment - 1) & ~((nint)alignment - 1);

        // A wide model walks through its weights with long strides: huge pages keep the address translation in the cache.
        if (alignment == HugePage && OperatingSystem.IsLinux())
        {
            AdviseHuge(pointer, bytes / HugePage * HugePage);
        }

        return (memory, pointer);
    }

    private static void AdviseHuge(nint pointer, long bytes)
    {
        try
        {
            _ = Advise((void*)pointer, (nuint)bytes, AdviseHugePages);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A system whose C library has another name does without the hint.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
