namespace Fukami.Lab;

/// <summary>What a claim predicts, as an interval: the measured quantity lies within it, ends included.</summary>
/// <param name="Low">The lower end; −∞ for none.</param>
/// <param name="High">The upper end; ∞ for none.</param>
public readonly record struct Bound(double Low, double High)
{
    /// <summary>At most this.</summary>
    public static Bound AtMost(double high) => new(double.NegativeInfinity, high);

    /// <summary>At least this.</summary>
    public static Bound AtLeast(double low) => new(low, double.PositiveInfinity);

    /// <summary>This, give or take a tolerance.</summary>
    public static Bound Around(double value, double tolerance) => new(value - tolerance, value + tolerance);
}
