using CsCheck;

namespace Fukami.Tensors.Tests;

public unsafe class MatrixProductTests
{
    [Fact]
    public void Every_transposition_and_size_gives_the_bits_of_the_three_loops()
    {
        var worker = new Worker(0, 1);
        (from rows in Gen.Int[1, 70]
         from columns in Gen.Frequency((2, Gen.Int[1, 120]), (1, Gen.Int[1, 12].Select(lines => 16 * lines)))
         from depth in Gen.Frequency((9, Gen.Int[1, 60]), (1, Gen.Int[700, 1700]))
         from leftTurned in Gen.Bool
         from rightTurned in Gen.Bool
         from add in Gen.Int[0, 2]
         from pastCaches in Gen.Bool
         from seed in Gen.ULong
         select (rows, columns, depth, leftTurned, rightTurned, add, pastCaches, seed)).Sample(
            c =>
            {
                var random = new RandomSource(c.seed);
                var a = new Storage("a", new Shape(c.rows * c.depth));
                var b = new Storage("b", new Shape(c.depth * c.columns));
                var added = new Storage("added", new Shape(c.rows * c.columns));
                var product = new Storage("product", new Shape(c.rows * c.columns));
                var expected = new Storage("expected", new Shape(c.rows * c.columns));
                random.Split("a").FillNormal(a.Values, 1);
                random.Split("b").FillNormal(b.Values, 1);
                random.Split("c").FillNormal(added.Values, 1);
                var left = c.leftTurned ? new Matrix(a.Pointer, c.rows).Transposed : new Matrix(a.Pointer, c.depth);
                var right = c.rightTurned ? new Matrix(b.Pointer, c.depth).Transposed : new Matrix(b.Pointer, c.columns);
                var plus = c.add switch { 0 => default, 1 => new Matrix(added.Pointer, c.columns), _ => new Matrix(added.Pointer, 0) };
                MatrixProduct.Run(c.rows, c.columns, c.depth, left, right, plus, product.Pointer, c.columns, worker, c.pastCaches);
                MatrixProductReference.Run(c.rows, c.columns, c.depth, left, right, plus, expected.Pointer, c.columns);
                return product.Values.SequenceEqual(expected.Values);
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public void A_single_row_gives_the_bits_of_the_three_loops()
    {
        var worker = new Worker(0, 1);
        (from columns in Gen.Frequency((8, Gen.Int[1, 200]), (1, Gen.Int[4000, 9000]))
         from depth in Gen.Frequency((8, Gen.Int[1, 100]), (1, Gen.Int[700, 1000]))
         from leftTurned in Gen.Bool
         from rightTurned in Gen.Bool
         from add in Gen.Int[0, 2]
         from seed in Gen.ULong
         select (columns, depth, leftTurned, rightTurned, add, seed)).Sample(
            c =>
            {
                var random = new RandomSource(c.seed);
                var a = new Storage("a", new Shape(3 * c.depth));
                var b = new Storage("b", new Shape(c.depth * c.columns));
                var product = new Storage("product", new Shape(c.columns));
                var added = c.add == 1 ? product : new Storage("added", new Shape(c.columns));
                var expected = new Storage("expected", new Shape(c.columns));
                random.Split("a").FillNormal(a.Values, 1);
                random.Split("b").FillNormal(b.Values, 1);
                random.Split("c").FillNormal(added.Values, 1);
                var left = c.leftTurned ? new Matrix(a.Pointer, c.depth, 3) : new Matrix(a.Pointer, c.depth);
                var right = c.rightTurned ? new Matrix(b.Pointer, c.depth).Transposed : new Matrix(b.Pointer, c.columns);
                var plus = c.add == 0 ? default : new Matrix(added.Pointer, 0);
                MatrixProductReference.Run(1, c.columns, c.depth, left, right, plus, expected.Pointer, c.columns);
                MatrixProduct.Run(1, c.columns, c.depth, left, right, plus, product.Pointer, c.columns, worker);
                return product.Values.SequenceEqual(expected.Values);
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public void A_product_may_be_added_to_its_own_place()
    {
        var worker = new Worker(0, 1);
        var a = new Storage("a", new Shape(9 * 1000));
        var b = new Storage("b", new Shape(1000 * 50));
        var c = new Storage("c", new Shape(9 * 50));
        var expected = new Storage("expected", new Shape(9 * 50));
        var random = new RandomSource(3);
        random.FillNormal(a.Values, 1);
        random.FillNormal(b.Values, 1);
        random.FillNormal(c.Values, 1);
        MatrixProductReference.Run(9, 50, 1000, new Matrix(a.Pointer, 1000), new Matrix(b.Pointer, 50), new Matrix(c.Pointer, 50), expected.Pointer, 50);
        MatrixProduct.Run(9, 50, 1000, new Matrix(a.Pointer, 1000), new Matrix(b.Pointer, 50), new Matrix(c.Pointer, 50), c.Pointer, 50, worker);
        Assert.True(c.Values.SequenceEqual(expected.Values));
    }
}
