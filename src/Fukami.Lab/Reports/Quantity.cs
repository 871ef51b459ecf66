namespace Fukami.Lab;

/// <summary>What a series' numbers are.</summary>
/// <param name="Id">The stable name, for example <c>hidden_gradient_norm</c>.</param>
/// <param name="Label">The name on an axis.</param>
/// <param name="Unit">The unit; empty for a bare number.</param>
/// <param name="Logarithmic">Whether the numbers vary by factors, so that an axis should be logarithmic.</param>
public sealed record Quantity(string Id, LocalizedText Label, string Unit, bool Logarithmic)
{
    /// <summary>Whether it is a time or a speed, which no two machines share: it stays out of the fingerprint.</summary>
    public bool DependsOnMachine { get; init; }
}
