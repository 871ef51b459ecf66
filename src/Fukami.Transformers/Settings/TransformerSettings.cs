using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>
/// What a Transformer is before it has learned anything: its kind, its sizes and its arrangement. Written as <c>config.json</c>.
/// A value may contradict another until <see cref="Validate"/>, which <see cref="Transformer.Init"/> calls.
/// </summary>
public sealed record TransformerSettings
{
    private static readonly (string, string) Marker = ("model_type", "fukami");

    private readonly int headWidth;
    private readonly bool? qkvBias;
    private readonly bool? attentionBias;
    private readonly bool? feedForwardBias;
    private readonly bool? normBias;

    /// <summary>All settings, each with its name, bounds and explanation, in the order in which config.json has them.</summary>
    public static SettingsTable<TransformerSettings> Table { get; } = TransformerSettingsTable.Create();

    /// <summary><c>decoder</c>, <c>encoder</c> or <c>encoder-decoder</c>; see <see cref="ModelKinds"/>.</summary>
    public string Kind { get; init; } = "decoder";

    /// <summary>Different tokens.</summary>
    public int Vocabulary { get; init; } = 256;

    /// <summary>The context: positions that a sentence may have.</summary>
    public int Length { get; init; } = 64;

    /// <summary>Layers; of the encoder in an encoder-decoder.</summary>
    public int Depth { get; init; } = 4;

    /// <summary>Layers of the decoder in an encoder-decoder; as many as <see cref="Depth"/> unless set (0 unsets it).</summary>
    public int DecoderDepth { get => field == 0 ? Depth : field; init; }

    /// <summary>Features of a position in the residual stream (d_model).</summary>
    public int Width { get; init; } = 128;

    /// <summary>Attention heads; the width is a multiple of it unless <see cref="HeadWidth"/> is set.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Heads of keys and values, a divisor of <see cref="Heads"/>; as many as these unless set (0 unsets it). (Ainslie et al. 2023)</summary>
    public int KeyValueHeads { get => field == 0 ? Heads : field; init; }

    /// <summary>Features of one head; <see cref="Width"/> / <see cref="Heads"/> unless set (0 unsets it).</summary>
    public int HeadWidth { get => headWidth == 0 ? Math.Max(1, Width / Math.Max(1, Heads)) : headWidth; init => headWidth = value; }

    /// <summary>Scores are divided by the root of it; <see cref="HeadWidth"/> unless set (0 unsets it). (Gemma 2 names it query_pre_attn_scalar)</summary>
    public float ScoreWidth { get => field == 0 ? HeadWidth : field; init; }

    /// <summary>A bound c on attention scores, c·tanh(score/c); 0: none. (Gemma 2)</summary>
    public float ScoreCap { get; init; }

    /// <summary>Features between the two matrices of the feed-forward sublayer; 4 · <see cref="Width"/> unless set (0 unsets it).</summary>
    public int FeedForwardWidth { get => field == 0 ? 4 * Width : field; init; }

    /// <summary>How sublayers are connected to the residual stream; see <see cref="ResidualConnections"/>.</summary>
    public string Residual { get; init; } = "pre";

    /// <summary>The normalization; see <see cref="Normalizations"/>.</summary>
    public string Norm { get; init; } = "layer";

    /// <summary>The feed-forward's activation; see <see cref="Activations"/>.</summary>
    public string Activation { get; init; } = "gelu";

    /// <summary>How a token knows its position; see <see cref="PositionEncodings"/>.</summary>
    public string Positions { get; init; } = "learned";

    /// <summary>Rotary positions: θ, pair i turns by position · θ^(−2i/<see cref="RotaryWidth"/>).</summary>
    public float RotaryBase { get; init; } = 10_000;

    /// <summary>Rotary positions: features of each head that are turned, the first ones; <see cref="HeadWidth"/> unless set (0 unsets it).</summary>
    public int RotaryWidth { get => field == 0 ? HeadWidth : field; init; }

    /// <summary>How rotary frequencies are changed for a longer context; see <see cref="RotaryScalings"/>.</summary>
    public string RotaryScaling { get; init; } = "none";

    /// <summary>Rotary scaling: low frequencies are divided by it.</summary>
    public float RotaryFactor { get; init; } = 1;

    /// <summary>Rotary scaling llama3: pairs that turn round at most so often in <see cref="RotaryOriginalLength"/> positions are scaled whole.</summary>
    public float RotaryLowFactor { get; init; } = 1;

    /// <summary>Rotary scaling llama3: pairs that turn round at least so often in <see cref="RotaryOriginalLength"/> positions stay as they are.</summary>
    public float RotaryHighFactor { get; init; } = 4;

    /// <summary>Rotary scaling llama3: the context that the model was first trained with.</summary>
    public int RotaryOriginalLength { get; init; } = 8192;

    /// <summary>Different token types (segments of a pair of sentences), each with a learned vector that is added to the embedding; 0: none. (BERT)</summary>
    public int TokenTypes { get; init; }

    /// <summary>A factor of the token embedding; √width in Gemma.</summary>
    public float EmbeddingScale { get; init; } = 1;

    /// <summary>Whether the sum of the embeddings is normalized. (BERT)</summary>
    public bool EmbeddingNorm { get; init; }

    /// <summary>
    /// Whether linear layers and normalizations have biases, where nothing more special is set. The output weights have one only if <see cref="OutputBias"/> says so.
    /// </summary>
    public bool Bias { get; init; } = true;

    /// <summary>Whether the projections to queries, keys and values have biases; as <see cref="Bias"/> unless set.</summary>
    public bool QkvBias { get => qkvBias ?? Bias; init => qkvBias = value; }

    /// <summary>Whether attention's output projection has a bias; as <see cref="Bias"/> unless set.</summary>
    public bool AttentionBias { get => attentionBias ?? Bias; init => attentionBias = value; }

    /// <summary>Whether the feed-forward's matrices have biases; as <see cref="Bias"/> unless set.</summary>
    public bool FeedForwardBias { get => feedForwardBias ?? Bias; init => feedForwardBias = value; }

    /// <summary>Whether normalizations have a β; as <see cref="Bias"/> unless set.</summary>
    public bool NormBias { get => normBias ?? Bias; init => normBias = value; }

    /// <summary>What turns the last stream into logits; see <see cref="OutputHeads"/>.</summary>
    public string Head { get; init; } = "linear";

    /// <summary>Whether the output weights are the embedding table. (Press and Wolf 2017)</summary>
    public bool Tied { get; init; }

    /// <summary>Whether the logits have a bias.</summary>
    public bool OutputBias { get; init; }

    /// <summary>A bound c on logits, c·tanh(logit/c); 0: none. (Gemma 2)</summary>
    public float LogitCap { get; init; }

    /// <summary>Whether an encoder sums a sentence up as tanh(x₀·W + b), x₀ the last stream of its first position; the point <c>pooler_out</c>. (BERT)</summary>
    public bool Pooler { get; init; }

    /// <summary>Probability with which training drops a feature: of the embedding sum, the attention pattern and each branch's output.</summary>
    public float Dropout { get; init; }

    /// <summary>How weights begin; see <see cref="InitializationSchemes"/>.</summary>
    public string Initialization { get; init; } = "gpt2-scaled";

    /// <summary>Standard deviation of the initial weights where the scheme takes one: gpt2, gpt2-scaled and normal.</summary>
    public float InitializationDeviation { get; init; } = 0.02f;

    /// <summary>ε of the normalizations.</summary>
    public float Epsilon { get; init; } = 1e-5f;

    /// <summary><c>respect</c>: batch and power normalization leave padding out of their statistics; <c>ignore</c>: they count it, as most code does.</summary>
    public string Padding { get; init; } = "respect";

    /// <summary>These settings with one changed, as <c>--set name=value</c> asks. Only the value itself is checked, so that several can be changed in any order.</summary>
    /// <param name="name">In snake_case.</param>
    /// <param name="value">As on the command line.</param>
    /// <exception cref="SettingsException">The name is unknown or the value not allowed.</exception>
    public TransformerSettings With(string name, string value) => Table.With(this, name, value);

    /// <summary>These settings, if every value is within its bounds and none contradicts another.</summary>
    /// <exception cref="SettingsException">One is or does.</exception>
    public TransformerSettings Validate()
    {
        Table.Check(this);
        if (Width % Heads != 0 && headWidth == 0)
        {
            throw new SettingsException($"width {Width} is not a multiple of heads {Heads}; every head takes the same share of the width unless head_width is set.");
        }

        if (Heads % KeyValueHeads != 0)
        {
            throw new SettingsException($"heads {Heads} is not a multiple of key_value_heads {KeyValueHeads}; every key head serves the same number of query heads.");
        }

        if (Positions == "rotary")
        {
            CheckRotary();
        }

        if (Pooler && Kind != "encoder")
        {
            throw new SettingsException($"pooler=true sums up a sentence by its first position, which sees all of it in an encoder only, but kind is {Kind}; choose kind=encoder or pooler=false.");
        }

        CheckFits("vocabulary × width", (long)Vocabulary * Width);
        CheckFits("length × width", (long)Length * Width);
        CheckFits("token_types × width", (long)TokenTypes * Width);
        CheckFits("width × feed_forward_width", (long)Width * FeedForwardWidth);
        CheckFits("width × (heads + 2·key_value_heads)·head_width", (long)Width * (Heads + (2L * KeyValueHeads)) * HeadWidth);
        CheckFits("length × key_value_heads·head_width", (long)Length * KeyValueHeads * HeadWidth);
        return this;
    }

    /// <summary>The text of config.json.</summary>
    public string ToJson() => Table.ToJson(this, Marker);

    /// <summary>Reads the text of config.json. Keys that are unknown are refused; keys that are missing take their defaults.</summary>
    /// <exception cref="SettingsException">The text is not JSON, names an unknown setting, or the settings are not valid.</exception>
    public static TransformerSettings FromJson(string json) => Table.FromJson(new TransformerSettings(), json, Marker).Validate();

    /// <summary>Writes every setting as a property of the JSON object that the writer is in.</summary>
    public void Write(Utf8JsonWriter writer) => Table.Write(writer, this);

    /// <summary>Whether both describe the same model: a value that follows from others equals the same value set.</summary>
    public bool Equals(TransformerSettings? other)
    {
        if (other is null)
        {
            return false;
        }

        foreach (Setting<TransformerSettings> setting in Table)
        {
            if ((setting.Applies(this) || setting.Applies(other)) && !string.Equals(setting.Show(this), setting.Show(other), StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Vocabulary, Length, Depth, Width, Heads, Residual, Norm);

    private void CheckRotary()
    {
        if (RotaryWidth > HeadWidth)
        {
            throw new SettingsException($"rotary_width is {RotaryWidth}, but a head has {HeadWidth} features (head_width); at most all of them can be turned.");
        }

        if (RotaryWidth % 2 != 0)
        {
            throw new SettingsException(RotaryWidth == HeadWidth
                ? $"positions=rotary turns features in pairs, but width {Width} over heads {Heads} gives heads of {HeadWidth} features; choose an even number."
                : $"positions=rotary turns features in pairs, but rotary_width is {RotaryWidth}; choose an even number.");
        }

        if (RotaryScaling == "llama3" && RotaryLowFactor >= RotaryHighFactor)
        {
            throw new SettingsException(FormattableString.Invariant($"rotary_low_factor is {RotaryLowFactor} and rotary_high_factor {RotaryHighFactor}; the low one must be below the high one."));
        }
    }

    // A matrix is addressed by 32 bits.
    private static void CheckFits(string what, long numbers)
    {
        if (numbers > int.MaxValue)
        {
            throw new SettingsException($"{what} is {numbers} numbers in one matrix; at most {int.MaxValue} fit.");
        }
    }
}
