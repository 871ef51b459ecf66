namespace Fukami.Lab;

/// <summary>How a net's sublayers are connected and normalized: one combination of the settings <c>residual</c> and <c>norm</c>.</summary>
/// <param name="Residual">The residual connection, for example <c>post</c>.</param>
/// <param name="Norm">The normalization, for example <c>layer</c>.</param>
internal sealed record Arrangement(string Residual, string Norm)
{
    /// <summary>The name of its series: the residual connection, and the normalization where it is not layer normalization.</summary>
    public string Name => Norm is "layer" || !Normalizes ? Residual : $"{Residual}/{Norm}";

    /// <summary>Whether there is a way from the last layer to the first that meets no branch.</summary>
    public bool HasSkip => Residual is not ("none" or "none-norm");

    /// <summary>Whether a normalization stands on the skip path.</summary>
    public bool NormalizesSkip => Norm is not "none" && Residual is "post" or "deepnorm";

    /// <summary>Whether it normalizes a row by its own features, as the derivations assume.</summary>
    public bool NormalizesRows => Norm is "layer" or "rms" or "rms-offset";

    private bool Normalizes => Residual is not ("none" or "plain" or "rezero");

    /// <summary>All combinations that differ: an arrangement without normalization comes once.</summary>
    public static IReadOnlyList<Arrangement> Combine(IReadOnlyList<string> residuals, IReadOnlyList<string> norms) =>
        [.. residuals.SelectMany(r => norms.Select(n => new Arrangement(r, n))).DistinctBy(a => a.Name, StringComparer.Ordinal)];
}
