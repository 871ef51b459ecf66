using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>Settings of experiments that ask what a normalization does: arrangements and normalizations that have one.</summary>
internal static class NormalizedNets
{
    /// <summary>One arrangement that normalizes.</summary>
    public static ChoiceSetting Residual(string @default) => new(
        "residual", @default, [.. ResidualConnections.All.Select(c => c.Name).Where(n => n is not ("none" or "plain" or "rezero"))],
        new("The arrangement of skip paths and normalizations; those without a normalization have nothing to show here.", "スキップ経路と正規化の配置。正規化のない配置は、ここで測るものがないため選べません。"));

    /// <summary>Normalizations to compare.</summary>
    public static ChoicesSetting Norms(params IReadOnlyList<string> defaults) => new(
        "norm", defaults, [.. Normalizations.All.Select(c => c.Name).Where(n => n is not "none")],
        new("Normalizations to compare.", "比べる正規化。"));

    /// <summary>Whether the first normalization of a net of this arrangement reads the embeddings themselves.</summary>
    public static bool FirstReadsEmbedding(string residual) => residual is "pre" or "sandwich" or "scaled-pre" or "parallel";

    /// <summary>Whether a normalization divides by statistics of the batch that it is given, in training mode.</summary>
    public static bool UsesTheBatch(string norm) => norm is "batch";
}
