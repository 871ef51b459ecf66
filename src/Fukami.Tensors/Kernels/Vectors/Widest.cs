using System.Runtime.Intrinsics;

namespace Fukami.Tensors;

/// <summary>Runs kernels with the widest vectors of this machine. The runtime's own switches narrow them (DOTNET_EnableAVX512=0, DOTNET_EnableAVX2=0).</summary>
internal static class Widest
{
    /// <summary>Bits of the vectors in use.</summary>
    public static int Bits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    public static void Run<K>(K kernel)
        where K : struct, IKernel
    {
        if (Vector512.IsHardwareAccelerated)
        {
            kernel.Run<Lanes16>();
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            kernel.Run<Lanes8>();
        }
        else
        {
            kernel.Run<Lanes4>();
        }
    }
}
