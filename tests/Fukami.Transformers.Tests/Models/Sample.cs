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

    public static IEnumerable<string> RowNorms => ["none", "layer", "rms", "dyt"];

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
        select Settings with
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
        };

    /// <summary>A model whose every parameter is random, so that gains, biases and learned factors matter too.</summary>
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

        return model;
    }

    public static TokenBatch Batch(Transformer model, int batch, int length, ulong seed = 3)
    {
        TransformerSettings settings = model.Settings;
        TokenBatch sentences = Random(batch, length, settings.Vocabulary, new RandomSource(seed));
        if (settings.Kind == "encoder-decoder")
        {
            sentences.Source = Random(batch, Math.Min(length + 2, settings.Length), settings.Vocabulary, new RandomSource(seed).Split("source"));
        }

        return sentences;
    }

    /// <summary>One sentence of a batch by itself.</summary>
    public static TokenBatch Alone(TokenBatch batch, int sentence, int? length = null)
    {
        var alone = new TokenBatch(1, length ?? batch.Length);
        batch.Ids.AsSpan(sentence * batch.Length, alone.Length).CopyTo(alone.Ids);
        batch.Targets.AsSpan(sentence * batch.Length, alone.Length).CopyTo(alone.Targets);
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

    private static TokenBatch Random(int batch, int length, int vocabulary, RandomSource random)
    {
        var sentences = new TokenBatch(batch, length);
        for (int i = 0; i < sentences.Ids.Length; i++)
        {
            sentences.Ids[i] = random.Below((ulong)i, vocabulary);
            sentences.Targets[i] = random.Split("targets").Below((ulong)i, vocabulary);
        }

        return sentences;
    }
}
