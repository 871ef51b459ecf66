namespace Fukami.Transformers;

/// <summary>The values of the setting <c>norm</c>: a new normalization is a file beside this one and a line here.</summary>
public static class Normalizations
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<NormalizationKind> All { get; } =
    [
        new("none", new("No normalization.", "正規化なし。"), static (scope, s) => new NoNormalization(scope)) { Form = FixedForm.Identity },
        new("layer", new("Over the features of one position. (Ba et al. 2016)", "1つの位置の特徴の上で正規化する（Ba ほか 2016）。"), static (scope, s) => new LayerNormalization(scope, s.Width, s.Epsilon, s.NormBias)) { Form = FixedForm.CentredRows },
        new("rms", new("Over the features of one position, without centring. (Zhang and Sennrich 2019)", "1つの位置の特徴の上で、平均を引かずに正規化する（Zhang・Sennrich 2019）。"), static (scope, s) => new RootMeanSquareNormalization(scope, s.Width, s.Epsilon, s.NormBias)),
        new("rms-offset", new("As rms, with the gain 1 + γ and γ from 0. (Gemma)", "rms と同じで、利得を 1 + γ とし、γ を 0 から始める（Gemma）。"), static (scope, s) => new RootMeanSquareOffsetNormalization(scope, s.Width, s.Epsilon, s.NormBias)) { GainOffset = 1 },
        new("batch", new("One feature over all positions of the batch. (Ioffe and Szegedy 2015)", "1つの特徴を、バッチの全位置の上で正規化する（Ioffe・Szegedy 2015）。"), static (scope, s) => new BatchNormalization(scope, s.Width, s.Epsilon, s.NormBias, s.Padding == "respect")) { Form = FixedForm.Columns },
        new("power", new("One feature over the batch by running quadratic means. (Shen et al. 2020)", "1つの特徴を、バッチの二乗平均の移動平均で正規化する（Shen ほか 2020）。"), static (scope, s) => new PowerNormalization(scope, s.Width, s.Epsilon, s.NormBias, s.Padding == "respect")) { Form = FixedForm.Columns },
        new("dyt", new("γ·tanh(αx) + β: over nothing. (Zhu et al. 2025)", "γ·tanh(αx) + β。何の上でも平均をとらない（Zhu ほか 2025）。"), static (scope, s) => new DynamicTanh(scope, s.Width, s.NormBias)) { Form = FixedForm.Bent },
    ];

    /// <summary>The normalization that the settings ask for.</summary>
    internal static NormalizationKind Find(TransformerSettings settings) => ChoiceTable.Find(All, "norm", settings.Norm);

    /// <summary>Builds the normalization that the settings ask for.</summary>
    internal static INormalization Build(ModelScope scope, TransformerSettings settings) =>
        Find(settings).Build(scope, settings);
}
