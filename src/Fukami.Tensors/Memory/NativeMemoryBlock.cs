using System.Runtime.InteropServices;

namespace Fukami.Tensors;

/// <summary>A block of zeroed native memory, aligned to a cache line or a huge page, given back when it is collected.</summary>
internal sealed unsafe partial class NativeMemoryBlock
{
    private const nuint HugePage = 2 << 20;
    private const int AdviseHugePages = 14;

    /// <summary>A vector that begins at the last number may be loaded whole.</summary>
    private const int ReadableBeyond = 16;

    public NativeMemoryBlock(long floats)
    {
        nuint bytes = checked((nuint)(floats + ReadableBeyond) * sizeof(float));
        nuint alignment = bytes >= HugePage ? HugePage : 64;
        Pointer = (float*)NativeMemory.AlignedAlloc(bytes, alignment);
        Floats = floats;
        GC.AddMemoryPressure((long)bytes);

        // A wide model walks through its weights with long strides: pages of 2 MB keep the address translation in the cache.
        if (alignment == HugePage && OperatingSystem.IsLinux())
        {
            _ = Advise(Pointer, bytes / HugePage * HugePage, AdviseHugePages);
        }

        NativeMemory.Clear(Pointer, bytes);
    }

    ~NativeMemoryBlock()
    {
        NativeMemory.AlignedFree(Pointer);
        GC.RemoveMemoryPressure((Floats + ReadableBeyond) * sizeof(float));
    }

    public float* Pointer { get; }

    public long Floats { get; }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
