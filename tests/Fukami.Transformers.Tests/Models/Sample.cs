using CsCheck;
using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

/// <summary>Small models, batches and passes that tests share.</summary>
internal static class Sample
{
    public static TransformerSettings Settings { get; } = new()
    {
        Vocabulary = 11,
        Length = 12,
        Depth = 2,
        Width = 16,
        Heads = 4,
        Initialization = "xavier",
    };

    public static IEnumerable<string> Residuals => ResidualConnections.All.Select(choice => choice.Name);

    public static IEnumerable<string> Norms => Normalizations.All.Select(choice => choice.Name);

    public static IEnumerable<string> RowNorms => ["none", "layer", "rms", "rms-offset", "dyt"];

    /// <summary>Settings of small models of every kind and arrangement.</summary>
    public static Gen<TransformerSettings> AnySettings { get; } =
        from kind in NameOf(ModelKinds.All)
        from residual in NameOf(ResidualConnections.All)
        from norm in NameOf(Normalizations.All)
        from activation in NameOf(Activations.All)
        from positions in NameOf(PositionEncodings.All)
        from initialization in NameOf(InitializationSchemes.All)
        from keyHeads in Gen.OneOf(1, 2, 4)
        from depth in Gen.Int[1, 3]
        from decoderDepth in Gen.Int[1, 3]
        from hidden in Gen.OneOf(0, 24)
        from flags in Gen.Select(Gen.Bool, Gen.Bool)
        from plain in Gen.Bool
        from settings in plain ? Gen.Const(Settings) : FamilyOptions
        select settings with
        {
            Kind = kind,
            Residual = residual,
            Norm = norm,
            Activation = activation,
            Positions = positions,
            Initialization = initialization,
            KeyValueHeads = keyHeads,
            Depth = depth,
            DecoderDepth = decoderDepth,
            FeedForwardWidth = hidden,
            Bias = flags.Item1,
            Tied = flags.Item2,
            Pooler = settings.Pooler && kind == "encoder",
        };

    // What checkpoints of the known families have beside the arrangement.
    private static Gen<TransformerSettings> FamilyOptions =>
        from headWidth in Gen.OneOf(0, 6)
        from scoreWidth in Gen.OneOf(0f, 2.5f)
        from caps in Gen.Select(Gen.OneOf(0f, 0.7f), Gen.OneOf(0f, 2f))
        from rotaryWidth in Gen.OneOf(0, 2)
        from scaling in NameOf(RotaryScalings.All)
        from biases in Gen.Bool.Array[5]
        from types in Gen.OneOf(0, 3)
        from embedding in Gen.Select(Gen.OneOf(1f, 4f), Gen.Bool)
        from head in Gen.OneOf("linear", "masked")
        from pooler in Gen.Bool
        select Settings with
        {
            HeadWidth = headWidth,
            ScoreWidth = scoreWidth,
            ScoreCap = caps.Item1,
            LogitCap = caps.Item2,
            RotaryBase = 50,
            RotaryWidth = rotaryWidth,
            RotaryScaling = scaling,
            RotaryFactor = 4,
            RotaryOriginalLength = 6,
            QkvBias = biases[0],
            AttentionBias = biases[1],
            FeedForwardBias = biases[2],
            NormBias = biases[3],
            OutputBias = biases[4],
            TokenTypes = types,
            EmbeddingScale = embedding.Item1,
            EmbeddingNorm = embedding.Item2,
            Head = head,
            Pooler = pooler,
        };

    /// <summary>A model whose every parameter is random, so that gains, biases and learned factors matter too, and whose running statistics suit its values.</summary>
    public static Transformer Model(TransformerSettings settings, ulong seed = 7)
    {
        Transformer model = Transformer.Init(settings, new RandomSource(seed));
        foreach (Parameter parameter in model.Parameters.Where(parameter => !parameter.Decays))
        {
            RandomSource random = new RandomSource(seed).Split("disturbed " + parameter.Name);
            for (int i = 0; i < parameter.Values.Length; i++)
            {
                parameter.Values[i] += 0.3f * random.Normal((ulong)i);
            }
        }

        LearnStatistics(model, seed);
        return model;
    }

    // Without it a norm with running statistics scales nothing, and the values of a net that multiplies gates double their exponents from layer to layer.
    private static void LearnStatistics(Transformer model, ulong seed)
    {
        for (ulong pass = 0; pass < 40 && model.Statistics.Count > 0; pass++)
        {
            Logits(model, Batch(model, 4, model.Settings.Length, seed + pass), training: true);
        }
    }

    public static TokenBatch Batch(Transformer model, int batch, int length, ulong seed = 3)
    {
        TransformerSettings settings = model.Settings;
        TokenBatch sentences = Random(batch, length, settings, new RandomSource(seed));
        if (settings.Kind == "encoder-decoder")
        {
            sentences.Source = Random(batch, Math.Min(length + 2, settings.Length), settings, new RandomSource(seed).Split("source"));
        }

        return sentences;
    }

    /// <summary>One sentence of a batch by itself.</summary>
    public static TokenBatch Alone(TokenBatch batch, int sentence, int? length = null)
    {
        var alone = new TokenBatch(1, length ?? batch.Length);
        batch.Ids.AsSpan(sentence * batch.Length, alone.Length).CopyTo(alone.Ids);
        batch.Targets.AsSpan(sentence * batch.Length, alone.Length).CopyTo(alone.Targets);
        batch.TokenTypes.AsSpan(sentence * batch.Length, alone.Length).CopyTo(alone.TokenTypes);
        alone.Source = batch.Source is null ? null : Alone(batch.Source, sentence);
        return alone;
    }

    public static float[] Logits(Transformer model, TokenBatch batch, bool training = false)
    {
        var tape = new Tape();
        tape.Begin(training);
        return model.Forward(tape, batch).Values.ToArray();
    }

    private static Gen<string> NameOf(IReadOnlyList<Choice> choices) => Gen.Int[0, choices.Count - 1].Select(i => choices[i].Name);

    private static TokenBatch Random(int batch, int length, TransformerSettings settings, RandomSource random)
    {
        var sentences = new TokenBatch(batch, length);
        for (int i = 0; i < sentences.Ids.Length; i++)
        {
            sentences.Ids[i] = random.Below((ulong)i, settings.Vocabulary);
            sentences.Targets[i] = random.Split("targets").Below((ulong)i, settings.Vocabulary);
            sentences.TokenTypes[i] = random.Split("types").Below((ulong)i, Math.Max(1, settings.TokenTypes));
        }

        return sentences;
    }
}
