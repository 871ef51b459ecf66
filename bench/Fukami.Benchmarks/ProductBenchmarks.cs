using BenchmarkDotNet.Attributes;
using Fukami.Tensors;

namespace Fukami.Benchmarks;

/// <summary>The matrix product by tiles against its three-loop reference, one thread, in the shapes of a small model's layer.</summary>
public unsafe class ProductBenchmarks
{
    private readonly Worker worker = new(0, 1);
    private Storage a = null!;
    private Storage b = null!;
    private Storage c = null!;

    [Params(32, 64, 768)]
    public int Rows { get; set; }

    [Params(128)]
    public int Depth { get; set; }

    [Params(128, 512)]
    public int Columns { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        a = new Storage("a", new Shape(Rows, Depth));
        b = new Storage("b", new Shape(Depth, Columns));
        c = new Storage("c", new Shape(Rows, Columns));
        new RandomSource(1).FillNormal(a.Values, 1);
        new RandomSource(2).FillNormal(b.Values, 1);
    }

    [Benchmark(Baseline = true)]
    public void Tiles() => MatrixProduct.Run(Rows, Columns, Depth, new Matrix(a.Pointer, Depth), new Matrix(b.Pointer, Columns), default, c.Pointer, Columns, worker);

    [Benchmark]
    public void TilesOfTransposed() => MatrixProduct.Run(Rows, Columns, Depth, new Matrix(a.Pointer, Depth), new Matrix(b.Pointer, Depth).Transposed, default, c.Pointer, Columns, worker);

    [Benchmark]
    public void Reference() => MatrixProductReference.Run(Rows, Columns, Depth, new Matrix(a.Pointer, Depth), new Matrix(b.Pointer, Columns), default, c.Pointer, Columns);
}
