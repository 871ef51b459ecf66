using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Fukami.Tensors;

/// <summary>Hints to the memory: they change no result, only how long one waits for it.</summary>
internal static unsafe class Prefetching
{
    /// <summary>Numbers in a cache line.</summary>
    public const int FloatsOfLine = 16;
    private const int MostFloats = 1 << 15;

    /// <summary>Asks for a cache line that will be needed soon, where the processor has a word for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ask(float* line)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(line);
        }
    }

    /// <summary>Asks for a cache line that a later step will need: into the second cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AskForLater(float* line)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(line);
        }
    }

    /// <summary>Asks for the first three lines of an object that will be needed soon. (If the collector moves it meanwhile, the wrong lines come.)</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AskForObject(object item)
    {
        float* first = *(float**)Unsafe.AsPointer(ref item);
        Ask(first);
        Ask(first + FloatsOfLine);
        Ask(first + (2 * FloatsOfLine));
    }

    /// <summary>
    /// Asks for a small matrix that other threads have just written: its lines come over while the first of them are at work.
    /// A large one would only push itself out again.
    /// </summary>
    public static void AskForAll(float* memory, nint row, int rows, int columns)
    {
        if ((long)rows * columns > MostFloats)
        {
            return;
        }

        for (int i = 0; i < rows; i++)
        {
            float* at = memory + (i * row);
            for (int j = 0; j < columns; j += FloatsOfLine)
            {
                Ask(at + j);
            }
        }
    }
}
