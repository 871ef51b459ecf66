using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

/// <summary>Models and trainings small enough for a test.</summary>
internal static class Small
{
    public static TransformerSettings Model(string kind = "decoder") => new()
    {
        Kind = kind,
        Vocabulary = 8,
        Length = 12,
        Depth = 2,
        Width = 16,
        Heads = 2,
        FeedForwardWidth = 32,
    };

    public static TrainingSettings Training => new()
    {
        Steps = 12,
        Batch = 4,
        WarmUp = 3,
        EvaluateEvery = 5,
        SaveEvery = 4,
        LearningRate = 3e-3f,
    };

    public static Transformer Init(TransformerSettings settings) => Transformer.Init(settings, new RandomSource(1));

    public static ITrainingSource Copy(string kind = "decoder", int length = 12) => new CopyTask(kind, 8, length);

    public static Trainer Trainer(TrainingFolder? folder = null, TrainingSettings? settings = null, TransformerSettings? model = null, ThreadTeam? team = null) =>
        new(Init(model ?? Model()), Copy((model ?? Model()).Kind, (model ?? Model()).Length), settings ?? Training, folder, team ?? new ThreadTeam(1));

    /// <summary>Every bit that a training can leave behind in a model.</summary>
    public static byte[] Bits(Transformer model)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [.. model.Parameters, .. model.Statistics]);
        return stream.ToArray();
    }
}
