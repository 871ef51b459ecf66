namespace Fukami.Transformers.Tests;

/// <summary>The combinations that the fixtures cover.</summary>
internal static class Sweep
{
    public static readonly string[] Residuals = ["none", "none-norm", "plain", "post", "pre", "sandwich", "deepnorm", "rezero", "scaled-pre", "parallel"];

    public static readonly string[] Norms = ["none", "layer", "rms", "batch", "power", "dyt"];

    public static readonly string[] Activations = ["relu", "gelu", "gelu-tanh", "swiglu"];

    public static readonly string[] Positions = ["learned", "sinusoidal", "rotary", "none"];

    public static TheoryData<string, string> ResidualsAndNorms
    {
        get
        {
            var combinations = new TheoryData<string, string>();
            foreach (string residual in Residuals)
            {
                foreach (string norm in Norms)
                {
                    combinations.Add(residual, norm);
                }
            }

            return combinations;
        }
    }

    /// <summary>The norm under which a combination is stored: an arrangement without norms is the same model for each of them.</summary>
    public static string Stored(string residual, string norm) => residual is "none" or "plain" or "rezero" ? "any" : norm;
}
