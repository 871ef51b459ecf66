using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>BERT: a post-norm encoder with token types, a normalization of the embeddings, and where present a head for hidden tokens and a pooler. (Devlin et al. 2019)</summary>
public sealed class BertFamily : ModelFamily
{
    private static readonly Dictionary<string, string> ActivationWords = new(StringComparer.Ordinal)
    {
        ["gelu"] = "gelu",
        ["gelu_new"] = "gelu-tanh",
        ["gelu_pytorch_tanh"] = "gelu-tanh",
        ["relu"] = "relu",
    };

    private static readonly Dictionary<string, string> PositionWords = new(StringComparer.Ordinal) { ["absolute"] = "learned" };

    /// <inheritdoc/>
    public override string Name => "bert";

    internal override string Prefix => "bert.";

    internal override SpecialTokenIds DefaultTokens => new(null, [], 0);

    internal override TransformerSettings ReadConfig(JsonNodeReader config, Func<string, bool> has, ICollection<string> notes)
    {
        Require(config, "is_decoder", false);
        Require(config, "add_cross_attention", false);
        bool predicts = has("cls.predictions.transform.dense.weight");
        bool tied = config.Find("tie_word_embeddings")?.Flag() ?? true;
        if (!predicts)
        {
            notes.Add("The folder has no head for hidden tokens (cls.predictions), so the model gives its last stream and no logits.");
        }

        return new TransformerSettings
        {
            Kind = "encoder",
            Vocabulary = config.Find("vocab_size")?.Number() ?? 30_522,
            Length = config.Find("max_position_embeddings")?.Number() ?? 512,
            Depth = config.Find("num_hidden_layers")?.Number() ?? 12,
            Width = config.Find("hidden_size")?.Number() ?? 768,
            Heads = config.Find("num_attention_heads")?.Number() ?? 12,
            FeedForwardWidth = config.Find("intermediate_size")?.Number() ?? 3072,
            Residual = "post",
            Norm = "layer",
            Activation = Translate(config.Find("hidden_act"), "gelu", ActivationWords),
            Positions = Translate(config.Find("position_embedding_type"), "absolute", PositionWords),
            TokenTypes = config.Find("type_vocab_size")?.Number() ?? 2,
            EmbeddingNorm = true,
            Bias = true,
            Head = predicts ? "masked" : "none",
            Tied = predicts && tied,
            OutputBias = predicts,
            Pooler = has("bert.pooler.dense.weight"),
            Dropout = (float)(config.Find("hidden_dropout_prob")?.Real() ?? 0.1),
            Epsilon = (float)(config.Find("layer_norm_eps")?.Real() ?? 1e-12),
            InitializationDeviation = (float)(config.Find("initializer_range")?.Real() ?? 0.02),
        };
    }

    internal override void WriteConfig(Utf8JsonWriter json, TransformerSettings settings)
    {
        json.WriteStartArray("architectures"u8);
        json.WriteStringValue(settings.Head is "masked" ? "BertForMaskedLM"u8 : "BertModel"u8);
        json.WriteEndArray();
        json.WriteNumber("vocab_size"u8, settings.Vocabulary);
        json.WriteNumber("max_position_embeddings"u8, settings.Length);
        json.WriteNumber("num_hidden_layers"u8, settings.Depth);
        json.WriteNumber("hidden_size"u8, settings.Width);
        json.WriteNumber("num_attention_heads"u8, settings.Heads);
        json.WriteNumber("intermediate_size"u8, settings.FeedForwardWidth);
        json.WriteString("hidden_act"u8, settings.Activation switch { "gelu-tanh" => "gelu_new", var same => same });
        json.WriteString("position_embedding_type"u8, "absolute"u8);
        json.WriteNumber("type_vocab_size"u8, settings.TokenTypes);
        json.WriteNumber("layer_norm_eps"u8, settings.Epsilon);
        json.WriteBoolean("tie_word_embeddings"u8, settings.Tied);
        json.WriteNumber("hidden_dropout_prob"u8, settings.Dropout);
        json.WriteNumber("attention_probs_dropout_prob"u8, settings.Dropout);
        json.WriteNumber("initializer_range"u8, settings.InitializationDeviation);
    }

    internal override IEnumerable<WeightPart> Weights(TransformerSettings settings)
    {
        int width = settings.Width;
        const string embeddings = "bert.embeddings";
        var parts = new List<WeightPart>
        {
            WeightPart.Whole("embed.weight", width, false, $"{embeddings}.word_embeddings.weight"),
            WeightPart.Whole("pos_embed.weight", width, false, $"{embeddings}.position_embeddings.weight"),
        };
        if (settings.TokenTypes > 0)
        {
            parts.Add(WeightPart.Whole("token_type_embed.weight", width, false, $"{embeddings}.token_type_embeddings.weight"));
        }

        AddNorm(parts, "ln_embed", $"{embeddings}.LayerNorm", width);
        for (int layer = 0; layer < settings.Depth; layer++)
        {
            string ours = FormattableString.Invariant($"blocks.{layer}");
            string theirs = FormattableString.Invariant($"bert.encoder.layer.{layer}");
            int place = 0;
            foreach (string name in (string[])["query", "key", "value"])
            {
                AddLinear(parts, $"{ours}.attn.qkv", $"{theirs}.attention.self.{name}", place, width);
                place += width;
            }

            AddLinear(parts, $"{ours}.attn.out", $"{theirs}.attention.output.dense", 0, width);
            AddNorm(parts, $"{ours}.ln1", $"{theirs}.attention.output.LayerNorm", width);
            AddLinear(parts, $"{ours}.mlp.up", $"{theirs}.intermediate.dense", 0, settings.FeedForwardWidth);
            AddLinear(parts, $"{ours}.mlp.down", $"{theirs}.output.dense", 0, width);
            AddNorm(parts, $"{ours}.ln2", $"{theirs}.output.LayerNorm", width);
        }

        if (settings.Pooler)
        {
            AddLinear(parts, "pooler", "bert.pooler.dense", 0, width);
        }

        if (settings.Head is "masked")
        {
            AddLinear(parts, "head.dense", "cls.predictions.transform.dense", 0, width);
            AddNorm(parts, "head.ln", "cls.predictions.transform.LayerNorm", width);
            parts.Add(WeightPart.Whole("unembed.bias", settings.Vocabulary, false, "cls.predictions.bias", "cls.predictions.decoder.bias"));
            if (!settings.Tied)
            {
                parts.Add(WeightPart.Whole("unembed.weight", settings.Vocabulary, true, "cls.predictions.decoder.weight"));
            }
        }

        return parts;
    }

    internal override bool IsIgnorable(string tensor, TransformerSettings settings) =>
        tensor.EndsWith("embeddings.position_ids", StringComparison.Ordinal)
        || tensor.StartsWith("cls.seq_relationship.", StringComparison.Ordinal)
        || tensor is "cls.predictions.decoder.bias"
        || (settings.Tied && tensor is "cls.predictions.decoder.weight");

    private static void AddLinear(List<WeightPart> parts, string ours, string theirs, int first, int columns)
    {
        parts.Add(new WeightPart($"{ours}.weight", first, columns, true, $"{theirs}.weight"));
        parts.Add(new WeightPart($"{ours}.bias", first, columns, false, $"{theirs}.bias"));
    }

    // the first checkpoints, converted from TensorFlow, say gamma and beta
    private static void AddNorm(List<WeightPart> parts, string ours, string theirs, int width)
    {
        parts.Add(WeightPart.Whole($"{ours}.gain", width, false, $"{theirs}.weight", $"{theirs}.gamma"));
        parts.Add(WeightPart.Whole($"{ours}.bias", width, false, $"{theirs}.bias", $"{theirs}.beta"));
    }
}
