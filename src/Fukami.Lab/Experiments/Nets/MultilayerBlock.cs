using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>
/// A block of two fully connected layers, F(x) = W₂·relu(W₁·x + b₁) + b₂, in its arrangement: <c>none</c> F(x), <c>none-pre</c> F(N(x)),
/// <c>none-norm</c> N(F(x)), <c>plain</c> x + F(x), <c>pre</c> x + F(N(x)), <c>post</c> N(x + F(x)), <c>zero</c> x + F(x) with W₂ = 0 at the start,
/// <c>rezero</c> x + αF(x) with α = 0 at the start.
/// </summary>
internal sealed class MultilayerBlock
{
    private const float Epsilon = 1e-5f;

    private readonly string residual;
    private readonly bool centres;
    private readonly Parameter up;
    private readonly Parameter upBias;
    private readonly Parameter down;
    private readonly Parameter downBias;
    private readonly Parameter alpha = new("alpha", new Shape(1), decays: false);
    private readonly Parameter gain;
    private readonly Parameter shift;

    /// <summary>A fresh block: weights N(0, 2/width) (He et al. 2015), biases 0.</summary>
    /// <param name="width">Features.</param>
    /// <param name="residual">Its arrangement.</param>
    /// <param name="norm"><c>layer</c> or <c>rms</c>.</param>
    /// <param name="random">Draws the weights.</param>
    public MultilayerBlock(int width, string residual, string norm, RandomSource random)
    {
        (this.residual, centres) = (residual, norm is "layer");
        up = Matrix("up");
        down = Matrix("down");
        upBias = new Parameter("up.bias", new Shape(width), decays: false);
        downBias = new Parameter("down.bias", new Shape(width), decays: false);
        shift = new Parameter("norm.bias", new Shape(width), decays: false);
        gain = new Parameter("norm.gain", new Shape(width), decays: false);
        gain.Values.Fill(1);
        if (residual is "zero")
        {
            down.Values.Clear();
        }

        Parameter Matrix(string name)
        {
            var matrix = new Parameter(name, new Shape(width, width));
            random.Split(name).FillNormal(matrix.Values, (float)Math.Sqrt(2.0 / width));
            return matrix;
        }
    }

    /// <summary>All arrangements.</summary>
    public static IReadOnlyList<string> Arrangements { get; } = ["none", "none-pre", "none-norm", "plain", "pre", "post", "zero", "rezero"];

    /// <summary>What is learned; a parameter that the arrangement has no use for gets no gradient and stays as it is.</summary>
    public IReadOnlyList<Parameter> Parameters => [up, upBias, down, downBias, alpha, gain, shift];

    /// <summary>Whether an arrangement has a skip path.</summary>
    public static bool HasSkip(string residual) => residual is not ("none" or "none-pre" or "none-norm");

    /// <summary>Whether an arrangement normalizes.</summary>
    public static bool Normalizes(string residual) => residual is "none-pre" or "none-norm" or "pre" or "post";

    /// <summary>(batch, width) to (batch, width).</summary>
    public Tensor Forward(Tensor x) => residual switch
    {
        "none" => Branch(x),
        "none-pre" => Branch(Norm(x)),
        "none-norm" => Norm(Branch(x)),
        "pre" => x + Branch(Norm(x)),
        "post" => Norm(x + Branch(x)),
        "rezero" => x + Branch(x).ScaledBy(alpha),
        _ => x + Branch(x),
    };

    private Tensor Branch(Tensor x) => x.Linear(up, upBias).Relu().Linear(down, downBias); // (batch, width)

    private Tensor Norm(Tensor x) => centres
        ? x.Standardize(x.Deviation(Epsilon), gain, shift)
        : x.Rescale(x.RootMeanSquare(Epsilon), gain, shift);
}
