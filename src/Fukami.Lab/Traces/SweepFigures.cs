namespace Fukami.Lab;

/// <summary>One patch at a time, at every layer and position.</summary>
/// <param name="Site">The point within a layer.</param>
/// <param name="Of">The metric in words.</param>
/// <param name="SourceTexts">The tokens of the prompt whose values were put in.</param>
/// <param name="Source">The metric of that prompt.</param>
/// <param name="Target">The metric of the traced prompt, unpatched.</param>
/// <param name="Values">The metric with the patch, for each layer and position; NaN where it was not tried.</param>
public sealed record SweepFigures(string Site, string Of, IReadOnlyList<string> SourceTexts, double Source, double Target, IReadOnlyList<IReadOnlyList<double>> Values)
{
    /// <summary>How much of the way from the target's metric to the source's a patch goes: 0 none, 1 all.</summary>
    public double Recovered(int layer, int position) => (Values[layer][position] - Target) / (Source - Target);
}
