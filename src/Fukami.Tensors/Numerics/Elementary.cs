using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>
/// exp, log, tanh, erf and their kin: polynomials of the project's own, of the same bits on every machine.
/// The coefficients are minimax fits of the relative error, found by iteratively reweighted least squares on Chebyshev points
/// (tests compare each function with double precision). x is one number a lane.
/// </summary>
internal static class Elementary
{
    private const float LogOf2High = 0.693359375f;
    private const float LogOf2Low = -2.12194440e-4f;

    /// <summary>eˣ. Below −87.3 it is 0, above 88.72 infinity. Relative error under 2·10⁻⁷.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x)
        where V : struct, IVector<V>
    {
        // eˣ = 2ⁿ·eʳ with |r| ≤ log(2)/2; the power in two halves, so that 2ⁿ itself may overflow.
        V clamped = V.Max(V.Of(-88f), V.Min(V.Of(89f), x));
        V n = V.Round(clamped * V.Of(1.442695041f));
        V r = V.FusedMultiplyAdd(n, V.Of(-LogOf2High), clamped);
        r = V.FusedMultiplyAdd(n, V.Of(-LogOf2Low), r);
        V p = V.FusedMultiplyAdd(V.Of(1.390130575e-3f), r, V.Of(8.363200052e-3f));
        p = V.FusedMultiplyAdd(p, r, V.Of(4.166685414e-2f));
        p = V.FusedMultiplyAdd(p, r, V.Of(1.666657696e-1f));
        p = V.FusedMultiplyAdd(p, r, V.Of(4.999999955e-1f));
        p = V.FusedMultiplyAdd(p * r, r, r) + V.Of(1f);
        V half = V.Round(n * V.Of(0.5f));
        p = p * V.PowerOfTwo(half) * V.PowerOfTwo(n - half);
        p = V.SelectLess(x, V.Of(-87.3f), V.Of(0f), p);
        return V.SelectNaN(x, x, p);
    }

    /// <summary>eˣ for x ≤ 0, without the tests that larger ones need: softmax. Below −87.3 it is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpOfNegative<V>(V x)
        where V : struct, IVector<V>
    {
        V clamped = V.Max(V.Of(-88f), x);
        V n = V.Round(clamped * V.Of(1.442695041f));
        V r = V.FusedMultiplyAdd(n, V.Of(-LogOf2High), clamped);
        r = V.FusedMultiplyAdd(n, V.Of(-LogOf2Low), r);
        V p = V.FusedMultiplyAdd(V.Of(1.390130575e-3f), r, V.Of(8.363200052e-3f));
        p = V.FusedMultiplyAdd(p, r, V.Of(4.166685414e-2f));
        p = V.FusedMultiplyAdd(p, r, V.Of(1.666657696e-1f));
        p = V.FusedMultiplyAdd(p, r, V.Of(4.999999955e-1f));
        p = V.FusedMultiplyAdd(p * r, r, r) + V.Of(1f);
        p = p * V.PowerOfTwo(V.Max(n, V.Of(-126f)));
        return V.SelectLess(x, V.Of(-87.3f), V.Of(0f), p);
    }

    /// <summary>Natural logarithm of a positive normal number. Relative error under 2·10⁻⁷. Of 0 it is −∞, of a negative number not a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x)
        where V : struct, IVector<V>
    {
        // x = 2ᵉ·m with m in [√½, √2), log x = e·log 2 + log(1 + f).
        V mantissa = V.Mantissa(x);
        V exponent = V.Exponent(x);
        V root = V.Of(1.414213562f);
        exponent = V.SelectLess(mantissa, root, exponent, exponent + V.Of(1f));
        V f = V.SelectLess(mantissa, root, mantissa, mantissa * V.Of(0.5f)) - V.Of(1f);
        V p = V.FusedMultiplyAdd(V.Of(7.037586098e-2f), f, V.Of(-1.151455979e-1f));
        p = V.FusedMultiplyAdd(p, f, V.Of(1.167701168e-1f));
        p = V.FusedMultiplyAdd(p, f, V.Of(-1.242014898e-1f));
        p = V.FusedMultiplyAdd(p, f, V.Of(1.424932234e-1f));
        p = V.FusedMultiplyAdd(p, f, V.Of(-1.666805728e-1f));
        p = V.FusedMultiplyAdd(p, f, V.Of(2.000071477e-1f));
        p = V.FusedMultiplyAdd(p, f, V.Of(-2.499999400e-1f));
        p = V.FusedMultiplyAdd(p, f, V.Of(3.333333117e-1f));
        V square = f * f;
        p = V.FusedMultiplyAdd(p * f, square, V.FusedMultiplyAdd(exponent, V.Of(LogOf2Low), V.Of(0f)));
        p = V.FusedMultiplyAdd(V.Of(-0.5f), square, p) + f;
        p = V.FusedMultiplyAdd(exponent, V.Of(LogOf2High), p);
        p = V.SelectLess(x, V.Of(1.17549435e-38f), V.Of(float.NegativeInfinity), p);
        p = V.SelectLess(V.Of(float.MaxValue), x, x, p);
        p = V.SelectLess(x, V.Of(0f), V.Of(float.NaN), p);
        return V.SelectNaN(x, x, p);
    }

    /// <summary>Hyperbolic tangent. Relative error under 3·10⁻⁷.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x)
        where V : struct, IVector<V>
    {
        V square = x * x;
        V p = V.FusedMultiplyAdd(V.Of(2.292896140e-3f), square, V.Of(-8.344100223e-3f));
        p = V.FusedMultiplyAdd(p, square, V.Of(2.176897521e-2f));
        p = V.FusedMultiplyAdd(p, square, V.Of(-5.395926838e-2f));
        p = V.FusedMultiplyAdd(p, square, V.Of(1.333330361e-1f));
        p = V.FusedMultiplyAdd(p, square, V.Of(-3.333333317e-1f));
        V small = V.FusedMultiplyAdd(p * square, x, x);

        // 1 − 2e/(1 + e) with e = e^(−2|x|)
        V magnitude = V.Abs(x);
        V e = ExpOfNegative(V.Of(-2f) * magnitude);
        V large = V.CopySign((V.Of(1f) - e) / (V.Of(1f) + e), x);
        return V.SelectNaN(x, x, V.SelectLess(magnitude, V.Of(0.625f), small, large));
    }

    /// <summary>The error function, 2/√π ∫₀ˣ e^(−t²) dt. Relative error under 3·10⁻⁷.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf<V>(V x)
        where V : struct, IVector<V>
    {
        V square = x * x;
        V p = V.FusedMultiplyAdd(V.Of(7.854026181e-5f), square, V.Of(-8.010247613e-4f));
        p = V.FusedMultiplyAdd(p, square, V.Of(5.188334497e-3f));
        p = V.FusedMultiplyAdd(p, square, V.Of(-2.685381607e-2f));
        p = V.FusedMultiplyAdd(p, square, V.Of(1.128358527e-1f));
        p = V.FusedMultiplyAdd(p, square, V.Of(-3.761262584e-1f));
        V small = V.FusedMultiplyAdd(p, square, V.Of(1.128379166f)) * x;

        V magnitude = V.Abs(x);
        V tail = ExpOfNegative(-square) * ScaledComplement(magnitude);
        V large = V.CopySign(V.Of(1f) - tail, x);
        return V.SelectNaN(x, x, V.SelectLess(magnitude, V.Of(1f), small, large));
    }

    /// <summary>The normal distribution's density e^(−x²/2)/√2π and distribution function Φ(x), which share an exponential.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V Density, V Distribution) Normal<V>(V x)
        where V : struct, IVector<V>
    {
        V e = ExpOfNegative(V.Of(-0.5f) * x * x);
        V tail = V.Of(0.5f) * e * ScaledComplement(V.Abs(x) * V.Of(0.7071067812f));
        return (e * V.Of(0.3989422804f), V.SelectLess(x, V.Of(0f), tail, V.Of(1f) - tail));
    }

    /// <summary>1/(1 + e^(−x)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V>(V x)
        where V : struct, IVector<V>
    {
        V e = ExpOfNegative(-V.Abs(x));
        V tail = e / (V.Of(1f) + e);
        return V.SelectNaN(x, x, V.SelectLess(x, V.Of(0f), tail, V.Of(1f) - tail));
    }

    /// <summary>e^(u²)·erfc(u) for 0 ≤ u ≤ 9.3, a polynomial in 1/(1 + 0.4u). Relative error 10⁻⁷.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ScaledComplement<V>(V u)
        where V : struct, IVector<V>
    {
        V t = V.Of(1f) / V.FusedMultiplyAdd(V.Of(0.4f), u, V.Of(1f));
        V p = V.FusedMultiplyAdd(V.Of(7.297532537e-02f), t, V.Of(-3.918346314e-01f));
        p = V.FusedMultiplyAdd(p, t, V.Of(6.878216971e-01f));
        p = V.FusedMultiplyAdd(p, t, V.Of(-3.902602105e-01f));
        p = V.FusedMultiplyAdd(p, t, V.Of(4.303305455e-01f));
        p = V.FusedMultiplyAdd(p, t, V.Of(1.251620899e-01f));
        p = V.FusedMultiplyAdd(p, t, V.Of(2.418163320e-01f));
        p = V.FusedMultiplyAdd(p, t, V.Of(2.239056420e-01f));
        return V.FusedMultiplyAdd(p, t, V.Of(8.311698562e-05f));
    }
}
