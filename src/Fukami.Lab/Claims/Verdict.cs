namespace Fukami.Lab;

/// <summary>What a measurement says of a claim.</summary>
public enum Verdict
{
    /// <summary>The interval straddles an end of the bound, or has no finite ends: more seeds may decide.</summary>
    Inconclusive,

    /// <summary>The whole 95 % interval lies within the bound.</summary>
    Supported,

    /// <summary>The whole 95 % interval lies outside the bound, on one side.</summary>
    Refuted,
}
