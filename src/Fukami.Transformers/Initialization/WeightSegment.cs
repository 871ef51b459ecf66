namespace Fukami.Transformers;

/// <summary>A matrix of weights by itself, or one of several that are stored side by side.</summary>
/// <param name="In">Rows: features that come in.</param>
/// <param name="Out">Columns: features that go out.</param>
public readonly record struct WeightSegment(int In, int Out)
{
    /// <summary>A factor on the initial deviation; 1 but for β of DeepNorm.</summary>
    public double Gain { get; init; } = 1;

    /// <summary>If the product is added to the residual stream: how many branches a stack adds to it in all; otherwise 0.</summary>
    public int StreamBranches { get; init; }
}
