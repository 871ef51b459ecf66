namespace Fukami.Transformers;

/// <summary>An arrangement of skip paths and normalizations.</summary>
/// <param name="Name">As it is written in config.json.</param>
/// <param name="Explanation">One line with the formula.</param>
/// <param name="FinalNorm">Whether a normalization stands behind the last layer.</param>
/// <param name="Build">Builds a layer at its place.</param>
public sealed record ResidualArrangement(string Name, Bilingual Explanation, bool FinalNorm, Func<LayerSite, ILayer> Build) : Choice(Name, Explanation)
{
    /// <summary>A factor on the initial weights of feed-forward, value and output projections; 1 but for DeepNorm's β.</summary>
    public Func<StackRole, double> BranchGain { get; init; } = static _ => 1;
}
