using CsCheck;

namespace Fukami.Transformers.Tests;

/// <summary>Small nets of every family-like setting.</summary>
internal static class AnyNet
{
    private static readonly TransformerSettings Gpt2 = Sample.Settings with { Residual = "pre", Norm = "layer", Activation = "gelu-tanh", Positions = "learned", Tied = true };

    private static readonly TransformerSettings Bert = Sample.Settings with
    {
        Kind = "encoder",
        Residual = "post",
        Norm = "layer",
        Activation = "gelu",
        Positions = "learned",
        Tied = true,
        TokenTypes = 2,
        EmbeddingNorm = true,
        Head = "masked",
        OutputBias = true,
        Pooler = true,
    };

    private static readonly TransformerSettings Llama = Sample.Settings with { Residual = "pre", Norm = "rms", Activation = "swiglu", Positions = "rotary", Bias = false, KeyValueHeads = 2 };

    private static readonly TransformerSettings Qwen2 = Llama with { QkvBias = true, HeadWidth = 6 };

    private static readonly TransformerSettings Gemma2 = Llama with
    {
        Residual = "sandwich",
        Norm = "rms-offset",
        Activation = "geglu-tanh",
        Tied = true,
        EmbeddingScale = 4,
        ScoreCap = 5,
        LogitCap = 3,
        ScoreWidth = 7,
    };

    /// <summary>One net of each family.</summary>
    public static TheoryData<string> FamilyNames => ["gpt2", "bert", "llama", "qwen2", "gemma2"];

    public static TransformerSettings Family(string name) => name switch
    {
        "gpt2" => Gpt2,
        "bert" => Bert,
        "llama" => Llama,
        "qwen2" => Qwen2,
        _ => Gemma2,
    };

    /// <summary>Any arrangement with any of what families add, or a family as it is.</summary>
    public static Gen<TransformerSettings> Any { get; } = Gen.Frequency((3, Mixed()), (1, Gen.OneOf("gpt2", "bert", "llama", "qwen2", "gemma2").Select(Family)));

    /// <summary>As <see cref="Any"/>, decoders and encoders only.</summary>
    public static Gen<TransformerSettings> OneStack { get; } = Any.Where(settings => settings.Kind != "encoder-decoder");

    private static Gen<TransformerSettings> Mixed() =>
        from settings in Sample.AnySettings
        from biases in Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool)
        from embeddings in Gen.Select(Gen.OneOf(0, 3), Gen.Bool, Gen.OneOf(1f, 2f))
        from head in Gen.Select(Gen.OneOf("linear", "linear", "masked"), Gen.Bool, Gen.OneOf(0f, 4f), Gen.Bool)
        from scores in Gen.Select(Gen.OneOf(0, 6), Gen.OneOf(0f, 5f), Gen.OneOf(0f, 9f))
        select settings with
        {
            // where no norm keeps the size of the values, or one by what it saw before, larger weights overflow
            Initialization = settings.Norm is "none" or "power" || settings.Residual is "none" or "plain" ? "normal" : settings.Initialization,
            InitializationDeviation = 0.15f,
            QkvBias = biases.Item1,
            AttentionBias = biases.Item2,
            FeedForwardBias = biases.Item3,
            NormBias = biases.Item4,
            TokenTypes = embeddings.Item1,
            EmbeddingNorm = embeddings.Item2,
            EmbeddingScale = embeddings.Item3,
            Head = head.Item1,
            OutputBias = head.Item2,
            LogitCap = head.Item3,
            Pooler = head.Item4 && settings.Kind == "encoder",
            HeadWidth = scores.Item1,
            ScoreCap = scores.Item2,
            ScoreWidth = scores.Item3,
        };
}
