namespace Fukami.Transformers;

/// <summary>A normalization and the linear maps that read it.</summary>
/// <param name="Norm">The normalization's name.</param>
/// <param name="Factor">A fixed factor between them.</param>
/// <param name="Maps">The maps' names, without <c>.weight</c>.</param>
internal sealed record FoldStep(string Norm, double Factor, string[] Maps)
{
    /// <summary>What is added to the stored gain.</summary>
    public required float GainOffset { get; init; }
}
