using System.Runtime.InteropServices;

namespace Fukami.Tensors;

/// <summary>A number on a cache line of its own: written by one thread and watched by others.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct PaddedInt
{
    /// <summary>The number.</summary>
    [FieldOffset(128)]
    public int Value;
}
