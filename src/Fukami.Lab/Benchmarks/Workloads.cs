using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>The workloads of <c>fukami bench</c>: trainings of causal pre-norm decoders with GELU, biases, learned positions and an output matrix of their own; and writing with such a decoder.</summary>
public static class Workloads
{
    /// <summary>Those that train.</summary>
    public static IReadOnlyList<Workload> All { get; } =
    [
        New("probe12", new("12 layers, as an experiment's net.", "実験で使うような 12 層のネット。"), 65, 64, 12, 128, 4, 1),
        New("nanogpt-cpu", new("nanoGPT's recipe for a processor.", "nanoGPT の CPU 向けレシピ。"), 65, 64, 4, 128, 4, 12),
        New("gpt2-124m", new("GPT-2's smallest, with short sentences.", "GPT-2 の最小モデル（短い文で）。"), 50257, 64, 12, 768, 12, 4),
        New("deep1000", new("1000 narrow layers.", "幅の狭い 1000 層。"), 65, 32, 1000, 64, 4, 1),
    ];

    /// <summary>Those that write instead of training.</summary>
    public static IReadOnlyList<DecodingWorkload> Decoding { get; } =
    [
        new(
            "gpt2-decode",
            new("GPT-2's smallest writes token by token, at positions 512 to 575.", "GPT-2 の最小モデルが 1 トークンずつ書く（位置 512〜575）。"),
            new TransformerSettings { Vocabulary = 50257, Length = 1024, Depth = 12, Width = 768, Heads = 12, Activation = "gelu-tanh", Tied = true },
            FirstPosition: 512,
            Tokens: 64),
    ];

    /// <summary>The names of all.</summary>
    public static IEnumerable<string> Names => All.Select(workload => workload.Name).Concat(Decoding.Select(workload => workload.Name));

    private static Workload New(string name, LocalizedText explanation, int vocabulary, int length, int depth, int width, int heads, int batch) =>
        new(name, explanation, new TransformerSettings { Vocabulary = vocabulary, Length = length, Depth = depth, Width = width, Heads = heads }, batch);
}
