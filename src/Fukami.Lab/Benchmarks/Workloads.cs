using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>The workloads of <c>fukami bench</c>: causal pre-norm decoders with GELU, biases, learned positions and an output matrix of their own.</summary>
public static class Workloads
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Workload> All { get; } =
    [
        New("probe12", new("12 layers, as an experiment's net.", "実験で使うような 12 層のネット。"), 65, 64, 12, 128, 4, 1),
        New("nanogpt-cpu", new("nanoGPT's recipe for a processor.", "nanoGPT の CPU 向けレシピ。"), 65, 64, 4, 128, 4, 12),
        New("gpt2-124m", new("GPT-2's smallest, with short sentences.", "GPT-2 の最小モデル（短い文で）。"), 50257, 64, 12, 768, 12, 4),
        New("deep1000", new("1000 narrow layers.", "幅の狭い 1000 層。"), 65, 32, 1000, 64, 4, 1),
    ];

    private static Workload New(string name, LocalizedText explanation, int vocabulary, int length, int depth, int width, int heads, int batch) =>
        new(name, explanation, new TransformerSettings { Vocabulary = vocabulary, Length = length, Depth = depth, Width = width, Heads = heads }, batch);
}
