namespace Fukami.Transformers;

/// <summary>The values of the setting <c>rotary_scaling</c>: a new one is a line here.</summary>
public static class RotaryScalings
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<RotaryScaling> All { get; } =
    [
        new("none", new("Frequencies stay as they are.", "周波数を変えない。"), static (frequency, s) => frequency),
        new("linear", new("All frequencies are divided by the factor: positions are interpolated. (Chen et al. 2023)", "すべての周波数を係数で割り、位置を補間する（Chen ほか 2023）。"), static (frequency, s) => frequency / s.RotaryFactor),
        new("llama3", new("Only low frequencies are divided by the factor, those between in part. (Llama 3.1)", "低い周波数だけを係数で割り、中間は部分的に変える（Llama 3.1）。"), Llama3RotaryScaling.Of),
    ];

    /// <summary>What the settings ask for.</summary>
    internal static RotaryScaling Find(TransformerSettings settings) => ChoiceTable.Find(All, "rotary_scaling", settings.RotaryScaling);
}
