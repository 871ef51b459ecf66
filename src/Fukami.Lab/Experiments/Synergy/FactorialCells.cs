namespace Fukami.Lab;

/// <summary>The learned shares of the four nets of a 2² factorial design, of one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Neither">No skip path, no normalization.</param>
/// <param name="Norm">The normalization alone.</param>
/// <param name="Skip">The skip path alone.</param>
/// <param name="Both">The whole.</param>
internal sealed record FactorialCells(long Seed, double Neither, double Norm, double Skip, double Both)
{
    /// <summary>How much the whole gains over the sum of what each part gains: (both − neither) − (skip − neither) − (norm − neither).</summary>
    public double Interaction => Both - Skip - Norm + Neither;
}
