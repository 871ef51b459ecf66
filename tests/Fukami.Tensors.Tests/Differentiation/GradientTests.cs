namespace Fukami.Tensors.Tests;

/// <summary>Every operation's gradient against central differences of its own forward pass, along random directions.</summary>
public class GradientTests
{
    private const int Batch = 2;
    private const int Length = 5;
    private const int Width = 24;
    private static readonly RandomSource Random = new(17);

    public static TheoryData<string> Operations => [.. Cases.Keys];

    private static readonly Dictionary<string, Func<Tensor, Tensor, Fixture, Tensor>> Cases = new(StringComparer.Ordinal)
    {
        ["sum"] = (x, y, _) => x + y,
        ["sum with itself"] = (x, _, _) => x + x,
        ["multiple"] = (x, _, _) => 1.7f * x,
        ["product"] = (x, y, _) => x * y,
        ["product with itself"] = (x, _, _) => x * x,
        ["learned multiple"] = (x, _, f) => x.ScaledBy(f.Scalar),
        ["linear"] = (x, _, f) => x.Linear(f.Square, f.Bias),
        ["linear wide"] = (x, _, f) => x.Linear(f.Wide),
        ["linear transposed"] = (x, _, f) => x.LinearTransposed(f.Table),
        ["linear transposed with a bias"] = (x, _, f) => x.LinearTransposed(f.Table, f.TableBias),
        ["columns"] = (x, y, f) => x.Linear(f.Wide).Columns(3, Width) + y,
        ["columns twice and whole"] = (x, _, f) => Overlapping(x, f),
        ["gelu"] = (x, _, _) => x.Gelu(),
        ["gelu tanh"] = (x, _, _) => x.GeluTanh(),
        ["silu"] = (x, _, _) => x.Silu(),
        ["sigmoid"] = (x, _, _) => x.Sigmoid(),
        ["tanh"] = (x, _, _) => x.Tanh(),
        ["layer norm"] = (x, _, f) => x.Standardize(x.Deviation(1e-5f), f.Gain, f.Bias),
        ["positions"] = (x, y, _) => x.Positions(1, 3) + y.Positions(0, 3),
        ["positions of what is used elsewhere"] = (x, y, f) => (x + y).Positions(0, 1).Linear(f.Square) + (x + y).Positions(4, 1),
        ["cap"] = (x, _, _) => x.Cap(0.8f),
        ["capped attention"] = (x, y, f) => x.Scores(y, 3, 3, 0.3f, causal: true, PaddingMask.FromLengths([5, 2], Length)).Cap(0.8f).Softmax().Mix(x.Linear(f.Square), 3),
        ["rms norm with an offset gain"] = (x, _, f) => x.RescaleByOffset(x.RootMeanSquare(1e-5f), f.Gain, f.Bias),
        ["rotate in part"] = (x, _, _) => x.Rotate(3, 2, RotaryFrequencies.Geometric(6, 100)),
        ["rotate in part, beside another use"] = (x, y, _) => RotatedAndKept(x + y),
        ["rms norm"] = (x, _, f) => x.Rescale(x.RootMeanSquare(1e-5f), f.Gain, f.Bias),
        ["batch norm"] = (x, _, f) => x.BatchNormalize(f.Gain, f.Bias, Fixture.Mean(), Fixture.Ones(), 0.1f, 1e-5f, null),
        ["batch norm masked"] = (x, _, f) => x.BatchNormalize(f.Gain, f.Bias, Fixture.Mean(), Fixture.Ones(), 0.1f, 1e-5f, PaddingMask.FromLengths([5, 2], Length)),
        ["dyt"] = (x, _, f) => x.DynamicTanh(f.Scalar, f.Gain, f.Bias),
        ["rotate"] = (x, _, _) => x.Rotate(3, 2, RotaryFrequencies.Geometric(x.Shape.Columns / 3, 10_000)),
        ["scores"] = (x, y, _) => x.Scores(y, 3, 3, 0.3f, causal: false, null),
        ["attention"] = (x, y, f) => x.Scores(y, 3, 3, 0.3f, causal: true, null).Softmax().Mix(x.Linear(f.Square), 3),
        ["attention masked"] = (x, y, f) => x.Scores(y, 3, 3, 0.3f, causal: false, PaddingMask.FromLengths([5, 2], Length)).Softmax().Mix(x.Linear(f.Square), 3),
        ["grouped attention"] = (x, y, f) => x.Scores(y.Columns(0, 8), 6, 2, 0.3f, causal: true, null).Softmax().Mix(y.Columns(8, 8), 2),
        ["dropout"] = (x, _, _) => x.Dropout(0.3f),
        ["residual"] = (x, y, f) => x + x.Linear(f.Square).Gelu().Linear(f.Square) + y,
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public void A_gradient_is_the_slope_of_the_forward_pass(string operation)
    {
        var f = new Fixture();
        var tape = new Tape(new ThreadTeam(2));
        var (shape, weights) = Probe(tape, f, operation);

        Forward(tape, f, operation, out var x, out var y, out var output);
        foreach (var p in f.Parameters)
        {
            p.ClearGradient();
        }

        tape.Backward(output, weights);
        var gradients = new List<(Storage Place, float[] Gradient)>();
        gradients.Add((f.X, Or(x.Gradient, f.X)));
        gradients.Add((f.Y, Or(y.Gradient, f.Y)));
        foreach (var p in f.Parameters)
        {
            gradients.Add((p, p.Gradient.ToArray()));
        }

        foreach (var (place, gradient) in gradients)
        {
            var direction = new float[gradient.Length];
            Random.Split("direction of " + place.Name).FillNormal(direction, 1);
            double predicted = Dot(gradient, direction);
            var original = place.Values.ToArray();
            double Loss(float step)
            {
                for (int i = 0; i < original.Length; i++)
                {
                    place.Values[i] = original[i] + (step * direction[i]);
                }

                Forward(tape, f, operation, out _, out _, out var o);
                double loss = Dot(o.Values, weights);
                original.CopyTo(place.Values);
                return loss;
            }

            const float H = 2e-3f;
            double slope = ((8 * (Loss(H) - Loss(-H))) - (Loss(2 * H) - Loss(-2 * H))) / (12 * H);
            double scale = Math.Max(Math.Sqrt(Dot(gradient, gradient)), 1e-3);
            Assert.True(Math.Abs(slope - predicted) <= (0.01 * scale) + 0.02, $"{operation}, {place.Name}: slope {slope}, gradient {predicted}, shape {shape}");
        }
    }

    private static Tensor RotatedAndKept(Tensor x) => x.Rotate(2, 0, RotaryFrequencies.Geometric(4, 100)) + (1.7f * x);

    private static Tensor Overlapping(Tensor x, Fixture f)
    {
        var wide = x.Linear(f.Wide);
        return wide.Columns(0, Width) + wide.Columns(10, Width) + wide.Columns(40, Width) + (wide * wide).Columns(2, Width);
    }

    private static (Shape Shape, float[] Weights) Probe(Tape tape, Fixture f, string operation)
    {
        Forward(tape, f, operation, out _, out _, out var output);
        var weights = new float[output.Shape.Count];
        Random.Split("weights").FillNormal(weights, 1);
        return (output.Shape, weights);
    }

    private static void Forward(Tape tape, Fixture f, string operation, out Tensor x, out Tensor y, out Tensor output)
    {
        tape.Begin(training: true, new RandomSource(5));
        x = tape.Input(f.X.Values, f.X.Shape);
        y = tape.Input(f.Y.Values, f.Y.Shape);
        output = Cases[operation](x, y, f);
    }

    private static float[] Or(ReadOnlySpan<float> gradient, Storage place) => gradient.IsEmpty ? new float[place.Shape.Count] : gradient.ToArray();

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }

    private sealed class Fixture
    {
        public Fixture()
        {
            foreach (var p in Parameters)
            {
                Random.Split(p.Name).FillNormal(p.Values, 0.3f);
            }

            Random.Split("x").FillNormal(X.Values, 1);
            Random.Split("y").FillNormal(Y.Values, 1);
        }

        public Storage X { get; } = new("x", new Shape(Batch, Length, Width));

        public Storage Y { get; } = new("y", new Shape(Batch, Length, Width));

        public Parameter Scalar { get; } = new("scalar", new Shape(1));

        public Parameter Square { get; } = new("square", new Shape(Width, Width));

        public Parameter Wide { get; } = new("wide", new Shape(Width, 71));

        public Parameter Table { get; } = new("table", new Shape(7, Width));

        public Parameter TableBias { get; } = new("table bias", new Shape(7));

        public Parameter Gain { get; } = new("gain", new Shape(Width));

        public Parameter Bias { get; } = new("bias", new Shape(Width));

        public IReadOnlyList<Parameter> Parameters => [Scalar, Square, Wide, Table, TableBias, Gain, Bias];

        public static Storage Mean() => new("mean", new Shape(Width));

        public static Storage Ones()
        {
            var ones = new Storage("ones", new Shape(Width));
            ones.Values.Fill(1);
            return ones;
        }
    }
}
