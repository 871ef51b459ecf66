namespace Fukami.Lab;

/// <summary>A value along the layers, norm/√features of every position.</summary>
/// <param name="Name">Which: <c>stream</c>, <c>attn_out</c>, <c>mlp_out</c>.</param>
/// <param name="FirstLayer">0 in front of the first layer, 1 behind it.</param>
/// <param name="Sizes">For each layer and position.</param>
public sealed record StreamFigures(string Name, int FirstLayer, IReadOnlyList<IReadOnlyList<double>> Sizes)
{
    /// <summary>For each layer the mean over the positions.</summary>
    public IReadOnlyList<double> Means => [.. Sizes.Select(positions => positions.Average())];
}
