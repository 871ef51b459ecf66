namespace Fukami.Transformers;

/// <summary>
/// Llama 3.1's change of rotary frequencies for a context longer than that of the first training: a pair that turns round r times in the original length keeps its
/// frequency f if r ≥ high, gets f/factor if r ≤ low, and in between s·f + (1 − s)·f/factor with s = (r − low)/(high − low).
/// </summary>
internal static class Llama3RotaryScaling
{
    /// <summary>The frequency that takes the place of one, in radians a position.</summary>
    public static double Of(double frequency, TransformerSettings settings)
    {
        double turns = settings.RotaryOriginalLength * frequency / (2 * Math.PI);
        double kept = Math.Clamp((turns - settings.RotaryLowFactor) / ((double)settings.RotaryHighFactor - settings.RotaryLowFactor), 0, 1);
        return (kept * frequency) + ((1 - kept) * frequency / settings.RotaryFactor);
    }
}
