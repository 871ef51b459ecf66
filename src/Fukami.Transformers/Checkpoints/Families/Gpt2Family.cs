using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>GPT-2: a pre-norm decoder with learned positions. Its matrices lie as ours do, (in, out), query, key and value side by side. (Radford et al. 2019)</summary>
public sealed class Gpt2Family : ModelFamily
{
    private static readonly Dictionary<string, string> ActivationWords = new(StringComparer.Ordinal)
    {
        ["gelu_new"] = "gelu-tanh",
        ["gelu_pytorch_tanh"] = "gelu-tanh",
        ["gelu"] = "gelu",
        ["relu"] = "relu",
    };

    /// <inheritdoc/>
    public override string Name => "gpt2";

    internal override string Prefix => "transformer.";

    internal override SpecialTokenIds DefaultTokens => new(50_256, [50_256], null);

    internal override TransformerSettings ReadConfig(JsonNodeReader config, Func<string, bool> has, ICollection<string> notes)
    {
        Require(config, "scale_attn_weights", true);
        Require(config, "scale_attn_by_inverse_layer_idx", false);
        Require(config, "add_cross_attention", false);
        int width = config.Find("n_embd")?.Number() ?? 768;
        return new TransformerSettings
        {
            Kind = "decoder",
            Vocabulary = config.Find("vocab_size")?.Number() ?? 50_257,
            Length = config.Find("n_positions")?.Number() ?? config.Find("n_ctx")?.Number() ?? 1024,
            Depth = config.Find("n_layer")?.Number() ?? 12,
            Width = width,
            Heads = config.Find("n_head")?.Number() ?? 12,
            FeedForwardWidth = config.Find("n_inner")?.Number() ?? 4 * width,
            Residual = "pre",
            Norm = "layer",
            Activation = Translate(config.Find("activation_function"), "gelu_new", ActivationWords),
            Positions = "learned",
            Bias = true,
            Tied = config.Find("tie_word_embeddings")?.Flag() ?? true,
            Dropout = (float)(config.Find("resid_pdrop")?.Real() ?? 0.1),
            Epsilon = (float)(config.Find("layer_norm_epsilon")?.Real() ?? 1e-5),
            InitializationDeviation = (float)(config.Find("initializer_range")?.Real() ?? 0.02),
        };
    }

    internal override void WriteConfig(Utf8JsonWriter json, TransformerSettings settings)
    {
        json.WriteStartArray("architectures"u8);
        json.WriteStringValue("GPT2LMHeadModel"u8);
        json.WriteEndArray();
        json.WriteNumber("vocab_size"u8, settings.Vocabulary);
        json.WriteNumber("n_positions"u8, settings.Length);
        json.WriteNumber("n_layer"u8, settings.Depth);
        json.WriteNumber("n_embd"u8, settings.Width);
        json.WriteNumber("n_head"u8, settings.Heads);
        json.WriteNumber("n_inner"u8, settings.FeedForwardWidth);
        json.WriteString("activation_function"u8, settings.Activation switch { "gelu-tanh" => "gelu_new", var same => same });
        json.WriteNumber("layer_norm_epsilon"u8, settings.Epsilon);
        json.WriteBoolean("tie_word_embeddings"u8, settings.Tied);
        json.WriteNumber("resid_pdrop"u8, settings.Dropout);
        json.WriteNumber("embd_pdrop"u8, settings.Dropout);
        json.WriteNumber("attn_pdrop"u8, settings.Dropout);
        json.WriteNumber("initializer_range"u8, settings.InitializationDeviation);
    }

    internal override IEnumerable<WeightPart> Weights(TransformerSettings settings)
    {
        int width = settings.Width;
        yield return WeightPart.Whole("embed.weight", width, false, "transformer.wte.weight");
        yield return WeightPart.Whole("pos_embed.weight", width, false, "transformer.wpe.weight");
        for (int layer = 0; layer < settings.Depth; layer++)
        {
            string ours = FormattableString.Invariant($"blocks.{layer}");
            string theirs = FormattableString.Invariant($"transformer.h.{layer}");
            foreach (WeightPart part in (WeightPart[])
                [
                    .. Affine($"{ours}.ln1", "gain", $"{theirs}.ln_1", width),
                    .. Affine($"{ours}.attn.qkv", "weight", $"{theirs}.attn.c_attn", 3 * width),
                    .. Affine($"{ours}.attn.out", "weight", $"{theirs}.attn.c_proj", width),
                    .. Affine($"{ours}.ln2", "gain", $"{theirs}.ln_2", width),
                    .. Affine($"{ours}.mlp.up", "weight", $"{theirs}.mlp.c_fc", settings.FeedForwardWidth),
                    .. Affine($"{ours}.mlp.down", "weight", $"{theirs}.mlp.c_proj", width),
                ])
            {
                yield return part;
            }
        }

        foreach (WeightPart part in Affine("ln_final", "gain", "transformer.ln_f", width))
        {
            yield return part;
        }

        if (!settings.Tied)
        {
            yield return WeightPart.Whole("unembed.weight", settings.Vocabulary, true, "lm_head.weight");
        }
    }

    internal override bool IsIgnorable(string tensor, TransformerSettings settings) =>
        tensor.EndsWith(".attn.bias", StringComparison.Ordinal)
        || tensor.EndsWith(".attn.masked_bias", StringComparison.Ordinal)
        || (settings.Tied && tensor is "lm_head.weight");

    private static IEnumerable<WeightPart> Affine(string ours, string weight, string theirs, int columns) =>
    [
        WeightPart.Whole($"{ours}.{weight}", columns, false, $"{theirs}.weight"),
        WeightPart.Whole($"{ours}.bias", columns, false, $"{theirs}.bias"),
    ];
}
