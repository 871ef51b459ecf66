using BenchmarkDotNet.Attributes;
using Fukami.Tensors;

namespace Fukami.Benchmarks;

/// <summary>
/// What it costs a thread to read its columns of a matrix and not the whole of one, as when two threads share the product of a single row: the same number of
/// weights, in pieces of half a row or one after the other. Every call reads other memory, more than any cache holds.
/// </summary>
public unsafe class OneRowBenchmarks
{
    private const long Floats = 1L << 27; // 512 MB

    private readonly Worker worker = new(0, 1);
    private readonly Storage row = new("row", new Shape(1, 4096));
    private readonly Storage sums = new("sums", new Shape(1, 4096));
    private readonly MemoryBlock weights = new(Floats);
    private long next;

    [Params(768, 3072)]
    public int Depth { get; set; }

    [Params(768, 2304, 3072)]
    public int Columns { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        for (long i = 0; i < Floats; i++)
        {
            weights.Pointer[i] = i % 7;
        }
    }

    [Benchmark(Baseline = true)]
    public void OneAfterTheOther() => Multiply(Depth / 2, Columns, Columns);

    [Benchmark]
    public void HalfOfEveryRow() => Multiply(Depth, Columns / 2, Columns);

    private void Multiply(int depth, int columns, int width)
    {
        long floats = (long)Depth * Columns;
        next = next + floats + floats > Floats ? 0 : next + floats;
        MatrixProduct.Run(1, columns, depth, new Matrix(row.Pointer, depth), new Matrix(weights.Pointer + next, width), default, sums.Pointer, columns, worker);
    }
}
