using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>Gemma 2: sandwich normalization with gains around one, GeGLU, scaled embeddings, capped scores and logits. (Gemma team 2024)</summary>
public sealed class Gemma2Family : LlamaFamily
{
    /// <inheritdoc/>
    public override string Name => "gemma2";

    internal override SpecialTokenIds DefaultTokens => new(2, [1], 0);

    private protected override string Architecture => "Gemma2ForCausalLM";

    private protected override FamilyDefaults Defaults => new()
    {
        Vocabulary = 256_000,
        Length = 8192,
        Depth = 26,
        Width = 2304,
        Heads = 8,
        KeyValueHeads = 4,
        HeadWidth = 256,
        FeedForwardWidth = 9216,
        Activation = "gelu_pytorch_tanh",
        Tied = true,
    };

    internal override TransformerSettings ReadConfig(JsonNodeReader config, Func<string, bool> has, ICollection<string> notes)
    {
        TransformerSettings settings = base.ReadConfig(config, has, notes);
        return settings with
        {
            Residual = "sandwich",
            Norm = "rms-offset",
            EmbeddingScale = (float)Math.Sqrt(settings.Width),
            ScoreWidth = (float)(config.Find("query_pre_attn_scalar")?.Real() ?? 256),
            ScoreCap = Cap(config, "attn_logit_softcapping", 50),
            LogitCap = Cap(config, "final_logit_softcapping", 30),
        };
    }

    private protected override int? Window(JsonNodeReader config) => config.Has("sliding_window") ? config.Find("sliding_window")?.Number() : 4096;

    private protected override void WriteOptions(Utf8JsonWriter json, TransformerSettings settings)
    {
        json.WriteString("hidden_activation"u8, settings.Activation switch { "geglu-tanh" => "gelu_pytorch_tanh", "geglu" => "gelu", "swiglu" => "silu", var same => same });
        json.WriteBoolean("attention_bias"u8, settings.AttentionBias);
        json.WriteBoolean("mlp_bias"u8, settings.FeedForwardBias);
        json.WriteNumber("query_pre_attn_scalar"u8, settings.ScoreWidth);
        json.WriteNumber("sliding_window"u8, settings.Length);
        WriteCap(json, "attn_logit_softcapping", settings.ScoreCap);
        WriteCap(json, "final_logit_softcapping", settings.LogitCap);
    }

    private protected override void AddNorms(List<WeightPart> parts, string ours, string theirs, int width)
    {
        AddNorm(parts, $"{ours}.ln1", $"{theirs}.input_layernorm", width);
        AddNorm(parts, $"{ours}.ln1_post", $"{theirs}.post_attention_layernorm", width);
        AddNorm(parts, $"{ours}.ln2", $"{theirs}.pre_feedforward_layernorm", width);
        AddNorm(parts, $"{ours}.ln2_post", $"{theirs}.post_feedforward_layernorm", width);
    }

    // null switches a cap off
    private static float Cap(JsonNodeReader config, string property, double otherwise) => (float)(config.Has(property) ? config.Find(property)?.Real() ?? 0 : otherwise);

    private static void WriteCap(Utf8JsonWriter json, string property, float cap)
    {
        if (cap == 0)
        {
            json.WriteNull(property);
        }
        else
        {
            WriteReal(json, property, cap);
        }
    }
}
