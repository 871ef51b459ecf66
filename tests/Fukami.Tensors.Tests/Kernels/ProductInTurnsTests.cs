using CsCheck;

namespace Fukami.Tensors.Tests;

public unsafe class ProductInTurnsTests
{
    [Fact]
    public void Whoever_takes_turns_gets_the_bits_of_the_three_loops()
    {
        var teams = Enumerable.Range(1, 4).Select(threads => new ThreadTeam(threads)).ToArray();
        (from threads in Gen.Int[1, 4]
         from sizes in (from columns in Gen.Frequency((1, Gen.Int[1, 40]), (3, Gen.Int[250, 1300]))
                        from depth in Gen.Frequency((1, Gen.Int[1, 40]), (3, Gen.Int[90, 700]))
                        select (columns, depth)).Array[1, 4]
         from withBias in Gen.Bool
         from seed in Gen.ULong
         select (threads, sizes, withBias, seed)).Sample(
            c =>
            {
                var random = new RandomSource(c.seed);
                var products = c.sizes.Select((size, i) => new ProductInTurns(size.columns, size.depth, c.withBias, random.Split($"product {i}"))).ToArray();
                teams[c.threads - 1].Run(new InTurns(products));
                return products.All(product => product.IsAsInThreeLoops());
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public void A_thread_that_fails_lets_the_others_go_and_the_next_pass_is_whole()
    {
        var team = new ThreadTeam(3);
        var random = new RandomSource(5);
        var products = Enumerable.Range(0, 3).Select(i => new ProductInTurns(1100, 700, withBias: true, random.Split($"product {i}"))).ToArray();
        var error = Assert.Throws<InvalidOperationException>(() => team.Run(new InTurns(products, failingStep: 1)));
        Assert.Equal("The second thread fails.", error.Message);
        team.Run(new InTurns(products));
        Assert.All(products, product => Assert.True(product.IsAsInThreeLoops()));
    }

    [Fact]
    public void A_row_through_wide_products_has_the_same_bits_whatever_the_number_of_threads()
    {
        const int width = 800;
        var random = new RandomSource(6);
        var weights = Enumerable.Range(0, 3).Select(i => new Parameter($"weight {i}", new Shape(width, width))).ToArray();
        var bias = new Parameter("bias", new Shape(width));
        var input = new float[width];
        Array.ForEach(weights, weight => random.Split(weight.Name).FillNormal(weight.Values, 0.05f));
        random.Split("bias").FillNormal(bias.Values, 1);
        random.Split("input").FillNormal(input, 1);
        Assert.True(OneRowProduct.HasTurnsFor(2, width, width));

        var expected = Pass(1);
        Assert.Contains(expected, number => number != 0);
        for (int repeat = 0; repeat < 20; repeat++)
        {
            Assert.Equal(expected, Pass(2));
        }

        float[] Pass(int threads)
        {
            var tape = new Tape(new ThreadTeam(threads));
            tape.Begin();
            var x = tape.Input(input, new Shape(1, width));
            return (x.Linear(weights[0], bias).Gelu().Linear(weights[1]) + x.Linear(weights[2])).Values.ToArray();
        }
    }

    private sealed class InTurns(ProductInTurns[] products, int failingStep = -1) : IProgram
    {
        public int Steps => products.Length;

        public bool MustWait(int step) => false;

        public void Run(int step, Worker worker)
        {
            if (step == failingStep && worker.Index == 1)
            {
                throw new InvalidOperationException("The second thread fails.");
            }

            products[step].Run(worker);
        }
    }

    private sealed class ProductInTurns
    {
        private readonly int columns;
        private readonly int depth;
        private readonly Storage row;
        private readonly Storage weights;
        private readonly Storage? bias;
        private readonly Storage output;

        public ProductInTurns(int columns, int depth, bool withBias, RandomSource random)
        {
            (this.columns, this.depth) = (columns, depth);
            row = Drawn("row", depth, random);
            weights = Drawn("weights", depth * columns, random);
            bias = withBias ? Drawn("bias", columns, random) : null;
            output = Drawn("output", columns, random);
        }

        public void Run(Worker worker) =>
            OneRowProduct.RunInTurns(columns, depth, new Matrix(row.Pointer, depth), new Matrix(weights.Pointer, columns), Bias, output.Pointer, worker);

        public bool IsAsInThreeLoops()
        {
            var expected = new Storage("expected", new Shape(columns));
            MatrixProductReference.Run(1, columns, depth, new Matrix(row.Pointer, depth), new Matrix(weights.Pointer, columns), Bias, expected.Pointer, columns);
            return output.Values.SequenceEqual(expected.Values);
        }

        private Matrix Bias => bias is null ? default : new Matrix(bias.Pointer, 0);

        private static Storage Drawn(string name, int count, RandomSource random)
        {
            var storage = new Storage(name, new Shape(count));
            random.Split(name).FillNormal(storage.Values, 1);
            return storage;
        }
    }
}
