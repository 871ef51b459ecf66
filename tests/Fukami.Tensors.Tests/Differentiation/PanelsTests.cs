using CsCheck;

namespace Fukami.Tensors.Tests;

public sealed class PanelsTests
{
    private static readonly ThreadTeam[] Teams = [.. Enumerable.Range(1, 4).Select(threads => new ThreadTeam(threads))];

    [Fact]
    public void Products_and_lookups_have_the_bits_that_they_have_with_rows() =>
        (from threads in Gen.Int[1, 4]
         from rows in Gen.Frequency((2, Gen.Const(1)), (1, Gen.Int[2, 90]))
         from inputs in Gen.Frequency((3, Gen.Int[1, 120]), (1, Gen.Int[700, 900]))
         from outputs in Gen.Frequency((2, Gen.Int[1, 200]), (1, Gen.Int[1, 4].Select(panels => 48 * panels)), (1, Gen.Int[300, 700]))
         from withBias in Gen.Bool
         from seed in Gen.ULong
         select (threads, rows, inputs, outputs, withBias, seed)).Sample(
            c =>
            {
                var random = new RandomSource(c.seed);
                var matrix = Drawn("matrix", new Shape(c.inputs, c.outputs), random);
                var table = Drawn("table", new Shape(c.outputs, c.inputs), random);
                var bias = c.withBias ? Drawn("bias", new Shape(c.outputs), random) : null;
                var input = Drawn("input", new Shape(c.rows, c.inputs), random);
                int[] ids = [.. Enumerable.Range(0, c.rows).Select(row => (int)(random.Uniform((ulong)row) * c.outputs))];

                var expected = Pass();
                matrix.LayInPanels();
                table.LayInPanels(transposed: true);
                var found = Pass();
                return expected.SequenceEqual(found) && expected.Distinct().Count() > 1;

                float[] Pass()
                {
                    var tape = new Tape(Teams[c.threads - 1]);
                    tape.Begin();
                    var x = tape.Input(input.Values, input.Shape);
                    float[] product = [.. x.Linear(matrix, bias).Values], turned = [.. x.LinearTransposed(table, bias).Values];
                    return [.. product, .. turned, .. tape.Lookup(table, ids, 1, c.rows).Values];
                }
            },
            iter: 150,
            threads: 1);

    [Fact]
    public void What_needs_the_rows_says_that_they_are_gone()
    {
        var matrix = new Parameter("up", new Shape(60, 60));
        matrix.LayInPanels();
        matrix.LayInPanels();
        var tape = new Tape();
        tape.Begin();
        var x = tape.Input(new float[60], new Shape(1, 60));
        Refused(() => matrix.Values[0] = 1);
        Refused(() => x.LinearTransposed(matrix));
        Refused(() => tape.Lookup(matrix, [0], 1, 1));
        Refused(() => matrix.LayInPanels(transposed: true));
        Refused(() => tape.Backward(x.Linear(matrix).CrossEntropy([3])));

        static void Refused(Action action)
        {
            string message = Assert.Throws<InvalidOperationException>(action).Message;
            Assert.StartsWith("up lies in panels", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_vector_has_no_panels() =>
        Assert.Contains("(5)", Assert.Throws<InvalidOperationException>(() => new Parameter("gain", new Shape(5)).LayInPanels()).Message, StringComparison.Ordinal);

    private static Parameter Drawn(string name, Shape shape, RandomSource random)
    {
        var parameter = new Parameter(name, shape);
        random.Split(name).FillNormal(parameter.Values, 1);
        return parameter;
    }
}
