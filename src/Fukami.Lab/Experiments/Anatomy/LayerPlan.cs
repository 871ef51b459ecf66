using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>Where a net adds and where it normalizes, by the names of its points: read off the arrangement's formula, to be held against what the net did.</summary>
internal static class LayerPlan
{
    /// <summary>What the two sublayers of each layer add: sum = α·skip + branch.</summary>
    public static IEnumerable<Sum> Sums(TransformerSettings net, int layer)
    {
        string block = Block(layer);
        if (net.Residual is "none" or "none-norm")
        {
            yield break;
        }

        if (net.Residual is "parallel")
        {
            yield return new Sum($"{block}.resid_post", $"{block}.resid_pre", 1, [$"{block}.attn_out", $"{block}.mlp_out"]);
            yield break;
        }

        bool normalizesSum = net.Residual is "post" or "deepnorm";
        string suffix = normalizesSum ? "_sum" : "";
        float alpha = net.Residual is "deepnorm" ? (float)DeepNormConstants.Of(new StackRole(net.Depth, 0, net.Kind is "decoder")).Alpha : 1;
        yield return new Sum($"{block}.resid_mid{suffix}", $"{block}.resid_pre", alpha, [$"{block}.attn_out"]);
        yield return new Sum($"{block}.resid_post{suffix}", $"{block}.resid_mid", alpha, [$"{block}.mlp_out"]);
    }

    /// <summary>What each branch is added to: the stream before it, and the branch.</summary>
    public static IEnumerable<(string Stream, string Branch)> Branches(TransformerSettings net, int layer)
    {
        string block = Block(layer), middle = net.Residual is "parallel" ? "resid_pre" : "resid_mid";
        yield return ($"{block}.resid_pre", $"{block}.attn_out");
        yield return ($"{block}.{middle}", $"{block}.mlp_out");
    }

    /// <summary>The normalizations of a layer whose input is a named point; for the number after the last layer, the final one.</summary>
    public static IEnumerable<Normalized> Norms(TransformerSettings net, int layer)
    {
        if (net.Norm is not ("layer" or "rms"))
        {
            yield break;
        }

        if (layer == net.Depth)
        {
            if (net.Residual is "pre" or "sandwich" or "scaled-pre" or "parallel")
            {
                yield return new Normalized("ln_final", $"{Block(layer - 1)}.resid_post");
            }

            yield break;
        }

        string block = Block(layer);
        (string? first, string? second) = net.Residual switch
        {
            "pre" or "sandwich" or "scaled-pre" => ("resid_pre", "resid_mid"),
            "post" or "deepnorm" => ("resid_mid_sum", "resid_post_sum"),
            "none-norm" => ("attn_out", "mlp_out"),
            "parallel" => ("resid_pre", null),
            _ => ((string?)null, (string?)null),
        };
        if (first is not null)
        {
            yield return new Normalized($"{block}.ln1", $"{block}.{first}");
        }

        if (second is not null)
        {
            yield return new Normalized($"{block}.ln2", $"{block}.{second}");
        }
    }

    /// <summary>The point of the stream in front of layer 0, or behind layer <paramref name="index"/> − 1.</summary>
    public static string Stream(int index) => index == 0 ? $"{Block(0)}.resid_pre" : $"{Block(index - 1)}.resid_post";

    /// <summary>The name of a layer.</summary>
    public static string Block(int layer) => FormattableString.Invariant($"blocks.{layer}");

    /// <summary>A sum of the stream.</summary>
    internal sealed record Sum(string Result, string Skip, float Alpha, IReadOnlyList<string> Branches);

    /// <summary>A normalization: its name, such as <c>blocks.0.ln1</c>, and the point that it reads.</summary>
    internal sealed record Normalized(string Name, string Input);
}
