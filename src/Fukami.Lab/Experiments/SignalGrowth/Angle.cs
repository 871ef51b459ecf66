namespace Fukami.Lab;

/// <summary>Inverse trigonometric functions with the same bits on every machine, to about 15 digits.</summary>
internal static class Angle
{
    /// <summary>The angle in [0, π] with this cosine; what rounding put beyond ±1 counts as ±1.</summary>
    public static double OfCosine(double cosine)
    {
        double c = Math.Min(1, Math.Max(-1, cosine));
        return 2 * OfTangent(Math.Sqrt(1 - c), Math.Sqrt(1 + c));
    }

    /// <summary>The angle in [−π/2, π/2] with this sine.</summary>
    public static double OfSine(double sine) => (Math.PI / 2) - OfCosine(sine);

    // the angle in [0, π/2] with the tangent y/x; x, y ≥ 0
    private static double OfTangent(double y, double x)
    {
        if (y > x)
        {
            return (Math.PI / 2) - OfTangent(x, y);
        }

        // tan(θ/2) = t/(1 + √(1 + t²)): three halvings leave t below 0.1
        double t = y / x;
        for (int i = 0; i < 3; i++)
        {
            t /= 1 + Math.Sqrt(1 + (t * t));
        }

        double sum = 0;
        for (int k = 8; k >= 0; k--)
        {
            sum = (1.0 / ((2 * k) + 1)) - (t * t * sum);
        }

        return 8 * t * sum;
    }
}
