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

    /// <summary>The factor of the skip path: 1, but DeepNorm's α, and 0 where there is none.</summary>
    public Func<StackRole, double> SkipGain { get; init; } = static _ => 1;

    /// <summary>Whether a normalization (<c>ln1</c>, <c>ln2</c>; one for all sublayers in a parallel layer) stands in front of every sublayer, beside the skip path.</summary>
    public bool NormBefore { get; init; }

    /// <summary>The factor between that normalization and the sublayer in layer l, from 1.</summary>
    public Func<int, double> InputGain { get; init; } = static _ => 1;

    /// <summary>Whether a normalization (<c>ln1</c>, <c>ln2</c>) stands behind the sum, on the stream's own way.</summary>
    public bool NormAfterSum { get; init; }
}
