namespace Fukami.Lab;

/// <summary>
/// E[f(u)·f(v)] of an activation f for normal u, v with mean 0: what it makes of the covariance of two positions, exact in the limit of many features.
/// </summary>
internal static class ActivationKernel
{
    /// <summary>The kernel of an activation by its name, or null where there is no closed form here.</summary>
    public static Func<double, double, double, double>? Of(string activation) => activation switch
    {
        "relu" => Relu,
        "gelu" => Gelu,
        _ => null,
    };

    /// <summary>√(pq)/(2π)·(sin θ + (π − θ)·cos θ), cos θ = c/√(pq): the arc-cosine kernel. (Cho and Saul 2009)</summary>
    /// <param name="p">Variance of u.</param>
    /// <param name="q">Variance of v.</param>
    /// <param name="c">Their covariance.</param>
    public static double Relu(double p, double q, double c)
    {
        double size = Math.Sqrt(p) * Math.Sqrt(q);
        if (size == 0)
        {
            return 0;
        }

        double cosine = Math.Min(1, Math.Max(-1, c / size)), angle = Angle.OfCosine(cosine);
        return size / (2 * Math.PI) * (Math.Sqrt(1 - (cosine * cosine)) + ((Math.PI - angle) * cosine));
    }

    /// <summary>
    /// c/4 + c/(2π)·asin(c/√((1+p)(1+q))) + G·(pq + c²·(1/(1+p) + 1/(1+q) − 1)), G = 1/(2π·√((1+p)(1+q) − c²)):
    /// Stein's lemma, applied to u·v·Φ(u)·Φ(v). (docs/experiments/signal-growth.md)
    /// </summary>
    /// <param name="p">Variance of u.</param>
    /// <param name="q">Variance of v.</param>
    /// <param name="c">Their covariance.</param>
    public static double Gelu(double p, double q, double c)
    {
        double product = (1 + p) * (1 + q), density = 1 / (2 * Math.PI * Math.Sqrt(product - (c * c)));
        return (c / 4) + (c / (2 * Math.PI) * Angle.OfSine(c / Math.Sqrt(product)))
            + (density * ((p * q) + (c * c * ((1 / (1 + p)) + (1 / (1 + q)) - 1))));
    }
}
