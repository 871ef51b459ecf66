namespace Fukami.Tensors;

/// <summary>
/// Where a contribution to a gradient goes: To = From + contribution, From null for nothing yet.
/// From may be another cell's gradient, which the first contribution then leaves as it is.
/// </summary>
internal unsafe struct GradientTarget
{
    /// <summary>What was there, or null.</summary>
    public float* From;

    /// <summary>Where the sum goes; null if nobody wants this gradient.</summary>
    public float* To;

    public readonly bool IsWanted => To != null;
}
