namespace Fukami.Transformers;

/// <summary>The values of the setting <c>initialization</c>. Biases begin as 0 and gains as 1 in all of them.</summary>
public static class InitializationSchemes
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<InitializationScheme> All { get; } =
    [
        new("xavier", new("N(0, 2/(in + out)), tables N(0, 1). (Glorot and Bengio 2010)", "N(0, 2/(in + out))、表は N(0, 1)（Glorot・Bengio 2010）。"), Xavier, Unit),
        new("he", new("N(0, 2/in), tables N(0, 1). (He et al. 2015)", "N(0, 2/in)、表は N(0, 1)（He ほか 2015）。"), He, Unit),
        new("gpt2", new("N(0, deviation²) everywhere. (Radford et al. 2019)", "すべて N(0, 標準偏差²)（Radford ほか 2019）。"), Fixed, Deviation),
        new("gpt2-scaled", new("As gpt2, and what writes to the residual stream times 1/√branches. (Radford et al. 2019)", "gpt2 に加え、残差ストリームに書き込む重みを 1/√(枝の数) 倍する（Radford ほか 2019）。"), ScaledByBranches, Deviation),
        new("normal", new("N(0, deviation²) everywhere.", "すべて N(0, 標準偏差²)。"), Fixed, Deviation),
    ];

    private static double Xavier(WeightSegment matrix, float deviation) => Math.Sqrt(2.0 / ((double)matrix.In + matrix.Out));

    private static double He(WeightSegment matrix, float deviation) => Math.Sqrt(2.0 / matrix.In);

    private static double Fixed(WeightSegment matrix, float deviation) => deviation;

    private static double ScaledByBranches(WeightSegment matrix, float deviation) =>
        matrix.StreamBranches == 0 ? deviation : deviation / Math.Sqrt(matrix.StreamBranches);

    private static double Unit(float deviation) => 1;

    private static double Deviation(float deviation) => deviation;
}
