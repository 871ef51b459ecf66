namespace Fukami.Lab;

/// <summary>An equation that must hold between points, and how far it is from holding.</summary>
/// <param name="Equation">The equation, for example <c>resid_mid = resid_pre + attn_out</c>.</param>
/// <param name="Places">In how many layers it was checked.</param>
/// <param name="LargestError">The largest relative error of a row: ‖left − right‖/‖left‖; of a sum of a pattern's row |sum − 1|.</param>
public sealed record IdentityFigures(string Equation, int Places, double LargestError)
{
    /// <summary>What rounding in single precision leaves: above it, something is wrong.</summary>
    public const double Bound = 1e-4;

    /// <summary>Whether it holds.</summary>
    public bool Holds => LargestError <= Bound;
}
