using BenchmarkDotNet.Attributes;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Benchmarks;

/// <summary>A whole forward and backward pass of a small decoder by arrangement of the residual connection; memory a pass must be 0.</summary>
[MemoryDiagnoser]
public class PassBenchmarks
{
    private readonly Tape tape = new();
    private Transformer model = null!;
    private TokenBatch batch = null!;

    [Params("none", "post", "pre", "sandwich")]
    public string Residual { get; set; } = "pre";

    [GlobalSetup]
    public void Setup()
    {
        model = Transformer.Init(new TransformerSettings { Residual = Residual, Vocabulary = 65, Depth = 6, Width = 64 }, new RandomSource(1));
        batch = new TokenBatch(2, 32);
        var random = new RandomSource(2);
        for (int i = 0; i < batch.Ids.Length; i++)
        {
            batch.Ids[i] = random.Below((ulong)i, 65);
            batch.Targets[i] = random.Below((ulong)i + 1000, 65);
        }
    }

    [Benchmark]
    public void ForwardAndBackward()
    {
        tape.Begin();
        tape.Backward(model.Loss(tape, batch));
    }
}
