using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>to = from + a·b, element by element; from may be null.</summary>
internal readonly unsafe struct AddProduct(float* from, float* a, float* b, float* to, nint count) : ILanewise
{
    private readonly float* from = from;
    private readonly float* a = a;
    private readonly float* b = b;
    private readonly float* to = to;
    private readonly nint count = count;

    public nint Count => count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T>(nint i)
        where T : struct, IVector<T>
    {
        T product = T.Load(a + i) * T.Load(b + i);
        T.Store(from == null ? product : T.Load(from + i) + product, to + i);
    }
}
