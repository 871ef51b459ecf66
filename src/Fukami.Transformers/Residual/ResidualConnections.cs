namespace Fukami.Transformers;

/// <summary>The values of the setting <c>residual</c>: a new arrangement is a file beside this one and a line here.</summary>
public static class ResidualConnections
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ResidualArrangement> All { get; } =
    [
        new("none", new("F(x): no skip path.", "F(x)。スキップ経路なし。"), FinalNorm: false, static layer => layer.InOrder(static at => new NoResidual(at.Branch))) { SkipGain = static _ => 0 },
        new("none-norm", new("N(F(x)): no skip path, normalized.", "N(F(x))。スキップ経路なし、正規化あり。"), FinalNorm: false, static layer => layer.InOrder(static at => new NoResidualNorm(at.NormAfter(), at.Branch))) { SkipGain = static _ => 0, NormAfterSum = true },
        new("plain", new("x + F(x): no normalization. (He et al. 2016)", "x + F(x)。正規化なし（He ほか 2016）。"), FinalNorm: false, static layer => layer.InOrder(static at => new Plain(at.Branch))),
        new("post", new("N(x + F(x)). (Vaswani et al. 2017)", "N(x + F(x))（Vaswani ほか 2017）。"), FinalNorm: false, static layer => layer.InOrder(static at => new PostNorm(at.NormAfter(), at.Branch, at.Sum()))) { NormAfterSum = true },
        new("pre", new("x + F(N(x)), and one final N. (Xiong et al. 2020)", "x + F(N(x))、最後に N を1つ（Xiong ほか 2020）。"), FinalNorm: true, static layer => layer.InOrder(static at => new PreNorm(at.NormBefore(), at.Branch))) { NormBefore = true },
        new("sandwich", new("x + N₂(F(N₁(x))), and one final N. (Gemma 2; Kim et al. 2025)", "x + N₂(F(N₁(x)))、最後に N を1つ（Gemma 2、Kim ほか 2025）。"), FinalNorm: true, static layer => layer.InOrder(static at => new Sandwich(at.NormBefore(), at.NormOfBranch(), at.Branch))) { NormBefore = true },
        new("deepnorm", new("N(αx + F(x)), α from the depth. (Wang et al. 2022)", "N(αx + F(x))、α は深さで決まる（Wang ほか 2022）。"), FinalNorm: false, static layer => layer.InOrder(static at => new DeepNorm(DeepNormConstants.Of(at.Role).Alpha, at.NormAfter(), at.Branch, at.Sum())))
        {
            BranchGain = static role => DeepNormConstants.Of(role).Beta,
            SkipGain = static role => DeepNormConstants.Of(role).Alpha,
            NormAfterSum = true,
        },
        new("rezero", new("x + αF(x), α learned from 0. (Bachlechner et al. 2020)", "x + αF(x)、α は 0 から学習する（Bachlechner ほか 2020）。"), FinalNorm: false, static layer => layer.InOrder(static at => new ReZero(at.ResidualScale(initial: 0), at.Branch))),
        new("scaled-pre", new("x + F(N(x)/√l), and one final N; l: the layer's number. (Sun et al. 2025)", "x + F(N(x)/√l)、最後に N を1つ。l は層の番号（Sun ほか 2025）。"), FinalNorm: true, static layer => layer.InOrder(static at => new ScaledPreNorm(at.NormBefore(), at.Layer, at.Branch))) { NormBefore = true, InputGain = static layer => 1 / Math.Sqrt(layer) },
        new("parallel", new("x + A(N(x)) + M(N(x)), and one final N. (GPT-J; PaLM)", "x + A(N(x)) + M(N(x))、最後に N を1つ（GPT-J、PaLM）。"), FinalNorm: true, static layer => new Parallel(layer.SharedNorm(), layer)) { NormBefore = true },
    ];

    /// <summary>The arrangement that the settings ask for.</summary>
    internal static ResidualArrangement Find(TransformerSettings settings) => ChoiceTable.Find(All, "residual", settings.Residual);
}
