using System.Globalization;
using System.Text;

namespace Fukami.Transformers;

/// <summary>The named points of a model as a table, and of all arrangements as the page docs/named-points.md.</summary>
public static class PointTable
{
    // One layer shows what every layer has.
    private static readonly TransformerSettings Basis = new() { Vocabulary = 2, Length = 2, Depth = 1, Width = 4, Heads = 2, KeyValueHeads = 1 };

    /// <summary>The points that a model of these settings has, in the order of the forward pass. Weights are not drawn.</summary>
    public static IReadOnlyList<PointDescription> Of(TransformerSettings settings) => Transformer.Blank(settings).Points;

    /// <summary>The page: what the default arrangement has, and what each other value of a setting adds or leaves out.</summary>
    public static string Markdown()
    {
        var page = new StringBuilder();
        page.Append("""
            # Named points

            Every point's value and gradient can be read after a pass (`tape["blocks.0.attn_out"]`), and its value replaced during one (`tape.Replace`).
            The names are those of TransformerLens without `hook_`. L is the layer's index from 0. This page is generated from the models themselves.

            ## A decoder or encoder with the default arrangement

            residual=pre, norm=layer, activation=gelu, positions=learned, in the order of the forward pass.


            """);
        AppendTable(page, Of(Basis));
        page.Append("""

            `embed` is what the tokens add: `embedding_scale` included. `attn_scores` and `logits` are behind their caps, where there are any.
            `attn_out` and `mlp_out` are what is added to the stream: dropout, a second normalization and a learned factor included.
            `resid_post` of a layer and `resid_pre` of the next are the same value.

            ## What other settings change

            | setting | adds | leaves out |
            | --- | --- | --- |

            """);
        AppendChanges(page, "residual", ResidualConnections.All, static name => Basis with { Residual = name });
        AppendChanges(page, "norm", Normalizations.All, static name => Basis with { Norm = name });
        AppendChanges(page, "activation", Activations.All, static name => Basis with { Activation = name });
        AppendChanges(page, "positions", PositionEncodings.All, static name => Basis with { Positions = name });
        AppendChange(page, "token_types=2", Basis with { TokenTypes = 2 });
        AppendChange(page, "embedding_norm=true", Basis with { EmbeddingNorm = true });
        AppendChanges(page, "head", OutputHeads.All, static name => Basis with { Head = name });
        AppendChange(page, "pooler=true", Basis with { Kind = "encoder", Pooler = true });
        page.Append("""

            ## An encoder like BERT

            residual=post, token_types=2, embedding_norm=true, head=masked, pooler=true.


            """);
        AppendTable(page, Of(Basis with { Kind = "encoder", Residual = "post", TokenTypes = 2, EmbeddingNorm = true, Head = "masked", Pooler = true }));
        page.Append("""

            ## A decoder like Llama

            norm=rms, activation=swiglu, positions=rotary. With residual=sandwich, norm=rms-offset and activation=geglu-tanh, as Gemma 2 has them, `ln1_post` and `ln2_post` are added.


            """);
        AppendTable(page, Of(Basis with { Norm = "rms", Activation = "swiglu", Positions = "rotary" }));
        page.Append("""

            ## An encoder-decoder

            The same names behind `encoder.` and `decoder.`; the decoder's layers have a cross-attention, whose sum is `resid_cross`. Its residual connection changes with
            the setting as above (`ln_cross`, `ln_cross_post`, `resid_cross_sum`).


            """);
        AppendTable(page, Of(Basis with { Kind = "encoder-decoder" }));
        return page.Replace("\r", "").ToString();
    }

    private static void AppendTable(StringBuilder page, IReadOnlyList<PointDescription> points)
    {
        page.Append("| point | shape |\n| --- | --- |\n");
        foreach (PointDescription point in points)
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{General(point.Name)}` | {point.Shape} |\n");
        }
    }

    private static void AppendChanges(StringBuilder page, string setting, IReadOnlyList<Choice> choices, Func<string, TransformerSettings> with)
    {
        foreach (Choice choice in choices)
        {
            AppendChange(page, $"{setting}={choice.Name}", with(choice.Name));
        }
    }

    private static void AppendChange(StringBuilder page, string setting, TransformerSettings settings)
    {
        string[] basis = Names(Basis);
        string[] names = Names(settings);
        string[] added = [.. names.Except(basis, StringComparer.Ordinal)];
        string[] left = [.. basis.Except(names, StringComparer.Ordinal)];
        if (added.Length + left.Length > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {setting} | {Listed(added)} | {Listed(left)} |\n");
        }
    }

    private static string[] Names(TransformerSettings settings) => [.. Of(settings).Select(point => General(point.Name))];

    private static string Listed(string[] names) => string.Join(", ", names.Select(name => $"`{name}`"));

    private static string General(string name) => name.Replace("blocks.0.", "blocks.L.", StringComparison.Ordinal);
}
