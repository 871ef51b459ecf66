using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fukami.Tensors;

/// <summary>
/// Runs kernels with the widest vectors of this machine, always sixteen lanes at a time: one vector of 512 bits, two of 256 or four of 128.
/// A sum over a row has sixteen partial sums, column j in sum j mod 16, added by halves at the end: the same order for every width.
/// The runtime's own switches narrow the vectors (DOTNET_EnableAVX512=0, DOTNET_EnableAVX2=0).
/// </summary>
internal static class Widest
{
    /// <summary>Bits of the vectors in use.</summary>
    public static int Bits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    public static void Run<K>(in K kernel)
        where K : struct, IKernel
    {
        if (Vector512.IsHardwareAccelerated)
        {
            kernel.Run<Lanes16>();
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            kernel.Run<Pair<Lanes8>>();
        }
        else
        {
            kernel.Run<Pair<Pair<Lanes4>>>();
        }
    }

    /// <summary>Goes through neighbouring numbers sixteen at a time, and through the last few one by one.</summary>
    public static void ForEach<K>(K kernel)
        where K : struct, ILanewise => Run(new Loop<K>(kernel));

    private readonly struct Loop<K>(K kernel) : IKernel
        where K : struct, ILanewise
    {
        private readonly K kernel = kernel;

        [MethodImpl(Compiled.ByItself)]
        public void Run<V>()
            where V : struct, IVector<V>
        {
            K each = kernel;
            nint count = each.Count;
            nint i = 0;
            for (; i <= count - V.Count; i += V.Count)
            {
                each.At<V>(i);
            }

            if (i < count)
            {
                Rest(i);
            }
        }

        [MethodImpl(Compiled.ByItself)]
        private void Rest(nint i)
        {
            K each = kernel;
            for (nint count = each.Count; i < count; i++)
            {
                each.At<Lane1>(i);
            }
        }
    }
}
