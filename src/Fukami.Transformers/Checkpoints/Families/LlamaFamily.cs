using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>Llama: a pre-norm decoder with RMS normalization, rotary positions, SwiGLU and grouped queries. (Touvron et al. 2023)</summary>
public class LlamaFamily : ModelFamily
{
    private static readonly Dictionary<string, string> ActivationWords = new(StringComparer.Ordinal)
    {
        ["silu"] = "swiglu",
        ["gelu_pytorch_tanh"] = "geglu-tanh",
        ["gelu_new"] = "geglu-tanh",
        ["gelu"] = "geglu",
    };

    private static readonly Dictionary<string, string> ScalingWords = new(StringComparer.Ordinal)
    {
        ["default"] = "none",
        ["linear"] = "linear",
        ["llama3"] = "llama3",
    };

    /// <inheritdoc/>
    public override string Name => "llama";

    internal override string Prefix => "model.";

    internal override SpecialTokenIds DefaultTokens => new(1, [2], null);

    /// <summary>The class that Hugging Face's library names in config.json.</summary>
    private protected virtual string Architecture => "LlamaForCausalLM";

    /// <summary>What config.json leaves out.</summary>
    private protected virtual FamilyDefaults Defaults => new();

    internal override TransformerSettings ReadConfig(JsonNodeReader config, Func<string, bool> has, ICollection<string> notes)
    {
        FamilyDefaults defaults = Defaults;
        int width = config.Find("hidden_size")?.Number() ?? defaults.Width;
        int heads = config.Find("num_attention_heads")?.Number() ?? defaults.Heads;
        var settings = new TransformerSettings
        {
            Kind = "decoder",
            Vocabulary = config.Find("vocab_size")?.Number() ?? defaults.Vocabulary,
            Length = Length(config, notes),
            Depth = config.Find("num_hidden_layers")?.Number() ?? defaults.Depth,
            Width = width,
            Heads = heads,
            KeyValueHeads = config.Find("num_key_value_heads")?.Number() ?? (defaults.KeyValueHeads == 0 ? heads : defaults.KeyValueHeads),
            HeadWidth = config.Find("head_dim")?.Number() ?? (defaults.HeadWidth == 0 ? width / Math.Max(1, heads) : defaults.HeadWidth),
            FeedForwardWidth = config.Find("intermediate_size")?.Number() ?? defaults.FeedForwardWidth,
            Residual = "pre",
            Norm = "rms",
            Activation = Translate(config.Find("hidden_activation") ?? config.Find("hidden_act"), defaults.Activation, ActivationWords),
            Positions = "rotary",
            Bias = false,
            QkvBias = ReadsQkvBias(config),
            AttentionBias = ReadsAttentionBias(config),
            FeedForwardBias = config.Find("mlp_bias")?.Flag() ?? false,
            NormBias = false,
            Tied = config.Find("tie_word_embeddings")?.Flag() ?? defaults.Tied,
            Epsilon = (float)(config.Find("rms_norm_eps")?.Real() ?? 1e-6),
            InitializationDeviation = (float)(config.Find("initializer_range")?.Real() ?? 0.02),
        };
        return WithRotary(settings, config);
    }

    internal override void WriteConfig(Utf8JsonWriter json, TransformerSettings settings)
    {
        json.WriteStartArray("architectures"u8);
        json.WriteStringValue(Architecture);
        json.WriteEndArray();
        json.WriteNumber("vocab_size"u8, settings.Vocabulary);
        json.WriteNumber("max_position_embeddings"u8, settings.Length);
        json.WriteNumber("num_hidden_layers"u8, settings.Depth);
        json.WriteNumber("hidden_size"u8, settings.Width);
        json.WriteNumber("num_attention_heads"u8, settings.Heads);
        json.WriteNumber("num_key_value_heads"u8, settings.KeyValueHeads);
        json.WriteNumber("head_dim"u8, settings.HeadWidth);
        json.WriteNumber("intermediate_size"u8, settings.FeedForwardWidth);
        json.WriteString("hidden_act"u8, settings.Activation switch { "swiglu" => "silu", "geglu-tanh" => "gelu_pytorch_tanh", "geglu" => "gelu", var same => same });
        WriteReal(json, "rms_norm_eps", settings.Epsilon);
        json.WriteBoolean("tie_word_embeddings"u8, settings.Tied);
        json.WriteNumber("initializer_range"u8, settings.InitializationDeviation);
        WriteRotary(json, settings);
        WriteOptions(json, settings);
    }

    internal override IEnumerable<WeightPart> Weights(TransformerSettings settings)
    {
        int width = settings.Width;
        int query = settings.Heads * settings.HeadWidth;
        int key = settings.KeyValueHeads * settings.HeadWidth;
        var parts = new List<WeightPart> { WeightPart.Whole("embed.weight", width, false, "model.embed_tokens.weight") };
        for (int layer = 0; layer < settings.Depth; layer++)
        {
            string ours = FormattableString.Invariant($"blocks.{layer}");
            string theirs = FormattableString.Invariant($"model.layers.{layer}");
            AddNorms(parts, ours, theirs, width);
            AddLinear(parts, $"{ours}.attn.qkv", $"{theirs}.self_attn.q_proj", 0, query, settings.QkvBias);
            AddLinear(parts, $"{ours}.attn.qkv", $"{theirs}.self_attn.k_proj", query, key, settings.QkvBias);
            AddLinear(parts, $"{ours}.attn.qkv", $"{theirs}.self_attn.v_proj", query + key, key, settings.QkvBias);
            AddLinear(parts, $"{ours}.attn.out", $"{theirs}.self_attn.o_proj", 0, width, settings.AttentionBias);
            AddLinear(parts, $"{ours}.mlp.gate", $"{theirs}.mlp.gate_proj", 0, settings.FeedForwardWidth, settings.FeedForwardBias);
            AddLinear(parts, $"{ours}.mlp.up", $"{theirs}.mlp.up_proj", 0, settings.FeedForwardWidth, settings.FeedForwardBias);
            AddLinear(parts, $"{ours}.mlp.down", $"{theirs}.mlp.down_proj", 0, width, settings.FeedForwardBias);
        }

        AddNorm(parts, "ln_final", "model.norm", width);
        if (!settings.Tied)
        {
            parts.Add(WeightPart.Whole("unembed.weight", settings.Vocabulary, true, "lm_head.weight"));
        }

        return parts;
    }

    internal override bool IsIgnorable(string tensor, TransformerSettings settings) =>
        tensor.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal) || (settings.Tied && tensor is "lm_head.weight");

    /// <summary>Whether queries, keys and values have biases.</summary>
    private protected virtual bool ReadsQkvBias(JsonNodeReader config) => config.Find("attention_bias")?.Flag() ?? false;

    /// <summary>Whether attention's output projection has a bias.</summary>
    private protected virtual bool ReadsAttentionBias(JsonNodeReader config) => config.Find("attention_bias")?.Flag() ?? false;

    /// <summary>Positions that are longer than this see only so many before them; none: all.</summary>
    private protected virtual int? Window(JsonNodeReader config) => null;

    /// <summary>What only this family writes.</summary>
    private protected virtual void WriteOptions(Utf8JsonWriter json, TransformerSettings settings)
    {
        json.WriteBoolean("attention_bias"u8, settings.AttentionBias);
        json.WriteBoolean("mlp_bias"u8, settings.FeedForwardBias);
    }

    /// <summary>The normalizations of a layer.</summary>
    private protected virtual void AddNorms(List<WeightPart> parts, string ours, string theirs, int width)
    {
        AddNorm(parts, $"{ours}.ln1", $"{theirs}.input_layernorm", width);
        AddNorm(parts, $"{ours}.ln2", $"{theirs}.post_attention_layernorm", width);
    }

    /// <summary>A normalization without bias.</summary>
    private protected static void AddNorm(List<WeightPart> parts, string ours, string theirs, int width) =>
        parts.Add(WeightPart.Whole($"{ours}.gain", width, false, $"{theirs}.weight"));

    private static void AddLinear(List<WeightPart> parts, string ours, string theirs, int first, int columns, bool bias)
    {
        parts.Add(new WeightPart($"{ours}.weight", first, columns, true, $"{theirs}.weight"));
        if (bias)
        {
            parts.Add(new WeightPart($"{ours}.bias", first, columns, false, $"{theirs}.bias"));
        }
    }

    // Attention here sees the whole context; within the window that is the same.
    private int Length(JsonNodeReader config, ICollection<string> notes)
    {
        int length = config.Find("max_position_embeddings")?.Number() ?? Defaults.Length;
        if (Window(config) is { } window && window < length)
        {
            notes.Add($"The model's attention has a sliding window of {window} positions, which is not supported; its context is cut from {length} to {window} positions, where the window makes no difference.");
            return window;
        }

        return length;
    }

    private static TransformerSettings WithRotary(TransformerSettings settings, JsonNodeReader config)
    {
        JsonNodeReader? rope = config.Find("rope_parameters") ?? config.Find("rope_scaling");
        JsonNodeReader? theta = config.Find("rope_theta") ?? rope?.Find("rope_theta");
        double turned = (config.Find("partial_rotary_factor") ?? rope?.Find("partial_rotary_factor"))?.Real() ?? 1;
        settings = settings with { RotaryBase = (float)(theta?.Real() ?? 10_000), RotaryWidth = turned == 1 ? 0 : (int)(settings.HeadWidth * turned) };
        JsonNodeReader? type = rope?.Find("rope_type") ?? rope?.Find("type");
        if (rope is not { } given)
        {
            return settings;
        }

        if (type is null)
        {
            return given.Has("factor") ? throw given.Error("gives a factor and no rope_type; say which scaling is meant") : settings;
        }

        string scaling = Translate(type, "default", ScalingWords);
        return scaling is "none" ? settings : settings with
        {
            RotaryScaling = scaling,
            RotaryFactor = (float)given["factor"].Real(),
            RotaryLowFactor = scaling is "llama3" ? (float)given["low_freq_factor"].Real() : settings.RotaryLowFactor,
            RotaryHighFactor = scaling is "llama3" ? (float)given["high_freq_factor"].Real() : settings.RotaryHighFactor,
            RotaryOriginalLength = scaling is "llama3" ? given["original_max_position_embeddings"].Number() : settings.RotaryOriginalLength,
        };
    }

    private static void WriteRotary(Utf8JsonWriter json, TransformerSettings settings)
    {
        WriteReal(json, "rope_theta", settings.RotaryBase);
        if (settings.RotaryScaling is "none")
        {
            json.WriteNull("rope_scaling"u8);
            return;
        }

        json.WriteStartObject("rope_scaling"u8);
        json.WriteString("rope_type"u8, settings.RotaryScaling);
        WriteReal(json, "factor", settings.RotaryFactor);
        if (settings.RotaryScaling is "llama3")
        {
            WriteReal(json, "low_freq_factor", settings.RotaryLowFactor);
            WriteReal(json, "high_freq_factor", settings.RotaryHighFactor);
            json.WriteNumber("original_max_position_embeddings"u8, settings.RotaryOriginalLength);
        }

        json.WriteEndObject();
    }

    /// <summary>What config.json leaves out, as the family's class in Hugging Face's library has it.</summary>
    private protected sealed record FamilyDefaults
    {
        public int Vocabulary { get; init; } = 32_000;

        public int Length { get; init; } = 2048;

        public int Depth { get; init; } = 32;

        public int Width { get; init; } = 4096;

        public int Heads { get; init; } = 32;

        public int KeyValueHeads { get; init; }

        public int HeadWidth { get; init; }

        public int FeedForwardWidth { get; init; } = 11_008;

        public string Activation { get; init; } = "silu";

        public bool Tied { get; init; }
    }
}
