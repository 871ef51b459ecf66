using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Fukami.Tensors;

/// <summary>Hints to the memory: they change no result, only how long one waits for it.</summary>
internal static unsafe class Prefetching
{
    /// <summary>Asks for a cache line that will be needed soon, where the processor has a word for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ask(float* line)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(line);
        }
    }
}
