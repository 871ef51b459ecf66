using BenchmarkDotNet.Attributes;
using Fukami.Tensors;

namespace Fukami.Benchmarks;

/// <summary>
/// How a thread reads its half of a matrix's columns, as when two threads share the product of a single row: half of every row, or the panels that hold the same
/// numbers, one after the other. Every call reads other memory, more than any cache holds.
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
    public void HalfOfEveryRow() => Multiply(Next(), Columns / 2, Columns, 0);

    [Benchmark]
    public void HalfOfThePanels()
    {
        float* first = Next();
        for (int column = 0; column < Columns / 2; column += Panels.Columns)
        {
            Multiply(first + ((long)column * Depth), Panels.Columns, Panels.Columns, column);
        }
    }

    private float* Next()
    {
        long floats = (long)Depth * Columns;
        next = next + floats + floats > Floats ? 0 : next + floats;
        return weights.Pointer + next;
    }

    private void Multiply(float* from, int columns, int width, int to) =>
        MatrixProduct.Run(1, columns, Depth, new Matrix(row.Pointer, Depth), new Matrix(from, width), default, sums.Pointer + to, columns, worker);
}
