using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>
/// The innermost loop of the matrix product: some rows of A times one strip of B. Every accumulator is a local of its own.
/// Each number of C is one chain of fused multiply-adds in the order of the depth, then one addition of what was there before;
/// so its bits depend neither on the tile nor on the vectors' width.
/// </summary>
internal readonly unsafe struct Tile(nint depth, nint aRow, nint aStep, nint bRow, nint bAhead, nint addRow, nint cRow, bool pastCaches, ReadAhead later)
{
    /// <summary>Terms of each sum.</summary>
    public readonly nint Depth = depth;

    /// <summary>Bytes from one row of A to the next.</summary>
    public readonly nint ARow = aRow * sizeof(float);

    /// <summary>Bytes from one term of a row of A to the next.</summary>
    public readonly nint AStep = aStep * sizeof(float);

    /// <summary>Floats from one row of B to the next.</summary>
    public readonly nint BRow = bRow;

    /// <summary>Floats from a strip of B to the one that is needed next, or 0.</summary>
    public readonly nint BAhead = bAhead;

    /// <summary>Floats from one row of what is added to the next; 0 for a bias, the same for all rows.</summary>
    public readonly nint AddRow = addRow;

    /// <summary>Floats from one row of C to the next.</summary>
    public readonly nint CRow = cRow;

    /// <summary>Whether C goes straight to memory: the caches are kept for what is read again sooner.</summary>
    public readonly bool PastCaches = pastCaches;

    /// <summary>What later steps read. The loops ask for it as they go, two floats for each cycle that their multiply-adds take: a burst would make them wait.</summary>
    public readonly ReadAhead Later = later;

    /// <summary>8 rows.</summary>
    [MethodImpl(Compiled.ByItself)]
    public static void Rows8<S>(in Tile t, byte* a, float* b, float* start, nint startStride, float* add, float* c)
        where S : struct, IStrip<S>
    {
        float* later = t.Later.Take(8 * S.Vectors * t.Depth, otherwise: b);
        nint laterStep = later == b ? 0 : 8 * S.Vectors;
        nint row = t.ARow;
        nint step = t.AStep;
        nint ldb = t.BRow;
        nint row3 = 3 * row;
        byte* a4 = a + (4 * row);
        S c0 = S.Zero, c1 = S.Zero, c2 = S.Zero, c3 = S.Zero, c4 = S.Zero, c5 = S.Zero, c6 = S.Zero, c7 = S.Zero;
        if (start != null)
        {
            c0 = S.Load(start);
            c1 = S.Load(start + startStride);
            c2 = S.Load(start + (2 * startStride));
            c3 = S.Load(start + (3 * startStride));
            c4 = S.Load(start + (4 * startStride));
            c5 = S.Load(start + (5 * startStride));
            c6 = S.Load(start + (6 * startStride));
            c7 = S.Load(start + (7 * startStride));
        }

        nint ahead = t.BAhead;
        nint ldc = t.CRow;
        bool past = t.PastCaches;
        if (!past)
        {
            S.Prefetch(c);
            S.Prefetch(c + ldc);
            S.Prefetch(c + (2 * ldc));
            S.Prefetch(c + (3 * ldc));
            S.Prefetch(c + (4 * ldc));
            S.Prefetch(c + (5 * ldc));
            S.Prefetch(c + (6 * ldc));
            S.Prefetch(c + (7 * ldc));
        }

        for (nint depth = t.Depth; depth > 0; depth--)
        {
            S strip = S.Load(b);
            S.Prefetch(b + ahead);
            S.AskForLater(later);
            later += laterStep;
            c0 = S.FusedMultiplyAdd((float*)a, strip, c0);
            c1 = S.FusedMultiplyAdd((float*)(a + row), strip, c1);
            c2 = S.FusedMultiplyAdd((float*)(a + (2 * row)), strip, c2);
            c3 = S.FusedMultiplyAdd((float*)(a + row3), strip, c3);
            c4 = S.FusedMultiplyAdd((float*)a4, strip, c4);
            c5 = S.FusedMultiplyAdd((float*)(a4 + row), strip, c5);
            c6 = S.FusedMultiplyAdd((float*)(a4 + (2 * row)), strip, c6);
            c7 = S.FusedMultiplyAdd((float*)(a4 + row3), strip, c7);
            a += step;
            a4 += step;
            b += ldb;
        }

        if (add != null)
        {
            nint ldadd = t.AddRow;
            c0 = S.Add(S.Load(add), c0);
            c1 = S.Add(S.Load(add + ldadd), c1);
            c2 = S.Add(S.Load(add + (2 * ldadd)), c2);
            c3 = S.Add(S.Load(add + (3 * ldadd)), c3);
            c4 = S.Add(S.Load(add + (4 * ldadd)), c4);
            c5 = S.Add(S.Load(add + (5 * ldadd)), c5);
            c6 = S.Add(S.Load(add + (6 * ldadd)), c6);
            c7 = S.Add(S.Load(add + (7 * ldadd)), c7);
        }

        S.Store(c0, c, past);
        S.Store(c1, c + ldc, past);
        S.Store(c2, c + (2 * ldc), past);
        S.Store(c3, c + (3 * ldc), past);
        S.Store(c4, c + (4 * ldc), past);
        S.Store(c5, c + (5 * ldc), past);
        S.Store(c6, c + (6 * ldc), past);
        S.Store(c7, c + (7 * ldc), past);
    }

    /// <summary>4 rows.</summary>
    [MethodImpl(Compiled.ByItself)]
    public static void Rows4<S>(in Tile t, byte* a, float* b, float* start, nint startStride, float* add, float* c)
        where S : struct, IStrip<S>
    {
        float* later = t.Later.Take(4 * S.Vectors * t.Depth, otherwise: b);
        nint laterStep = later == b ? 0 : 4 * S.Vectors;
        nint row = t.ARow;
        nint step = t.AStep;
        nint ldb = t.BRow;
        nint row3 = 3 * row;
        S c0 = S.Zero, c1 = S.Zero, c2 = S.Zero, c3 = S.Zero;
        if (start != null)
        {
            c0 = S.Load(start);
            c1 = S.Load(start + startStride);
            c2 = S.Load(start + (2 * startStride));
            c3 = S.Load(start + (3 * startStride));
        }

        nint ahead = t.BAhead;
        nint ldc = t.CRow;
        bool past = t.PastCaches;
        if (!past)
        {
            S.Prefetch(c);
            S.Prefetch(c + ldc);
            S.Prefetch(c + (2 * ldc));
            S.Prefetch(c + (3 * ldc));
        }

        for (nint depth = t.Depth; depth > 0; depth--)
        {
            S strip = S.Load(b);
            S.Prefetch(b + ahead);
            S.AskForLater(later);
            later += laterStep;
            c0 = S.FusedMultiplyAdd((float*)a, strip, c0);
            c1 = S.FusedMultiplyAdd((float*)(a + row), strip, c1);
            c2 = S.FusedMultiplyAdd((float*)(a + (2 * row)), strip, c2);
            c3 = S.FusedMultiplyAdd((float*)(a + row3), strip, c3);
            a += step;
            b += ldb;
        }

        if (add != null)
        {
            nint ldadd = t.AddRow;
            c0 = S.Add(S.Load(add), c0);
            c1 = S.Add(S.Load(add + ldadd), c1);
            c2 = S.Add(S.Load(add + (2 * ldadd)), c2);
            c3 = S.Add(S.Load(add + (3 * ldadd)), c3);
        }

        S.Store(c0, c, past);
        S.Store(c1, c + ldc, past);
        S.Store(c2, c + (2 * ldc), past);
        S.Store(c3, c + (3 * ldc), past);
    }

    /// <summary>2 rows.</summary>
    [MethodImpl(Compiled.ByItself)]
    public static void Rows2<S>(in Tile t, byte* a, float* b, float* start, nint startStride, float* add, float* c)
        where S : struct, IStrip<S>
    {
        nint row = t.ARow;
        nint step = t.AStep;
        nint ldb = t.BRow;
        S c0 = S.Zero, c1 = S.Zero;
        if (start != null)
        {
            c0 = S.Load(start);
            c1 = S.Load(start + startStride);
        }

        for (nint depth = t.Depth; depth > 0; depth--)
        {
            S strip = S.Load(b);
            c0 = S.FusedMultiplyAdd((float*)a, strip, c0);
            c1 = S.FusedMultiplyAdd((float*)(a + row), strip, c1);
            a += step;
            b += ldb;
        }

        if (add != null)
        {
            nint ldadd = t.AddRow;
            c0 = S.Add(S.Load(add), c0);
            c1 = S.Add(S.Load(add + ldadd), c1);
        }

        nint ldc = t.CRow;
        S.Store(c0, c, t.PastCaches);
        S.Store(c1, c + ldc, t.PastCaches);
    }

    /// <summary>1 row.</summary>
    [MethodImpl(Compiled.ByItself)]
    public static void Rows1<S>(in Tile t, byte* a, float* b, float* start, nint startStride, float* add, float* c)
        where S : struct, IStrip<S>
    {
        nint row = t.ARow;
        nint step = t.AStep;
        nint ldb = t.BRow;
        S c0 = S.Zero;
        if (start != null)
        {
            c0 = S.Load(start);
        }

        for (nint depth = t.Depth; depth > 0; depth--)
        {
            S strip = S.Load(b);
            c0 = S.FusedMultiplyAdd((float*)a, strip, c0);
            a += step;
            b += ldb;
        }

        if (add != null)
        {
            nint ldadd = t.AddRow;
            c0 = S.Add(S.Load(add), c0);
        }

        nint ldc = t.CRow;
        S.Store(c0, c, t.PastCaches);
    }
}
