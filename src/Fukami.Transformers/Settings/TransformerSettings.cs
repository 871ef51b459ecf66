using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>
/// What a Transformer is before it has learned anything: its kind, its sizes and its arrangement. Written as <c>config.json</c>.
/// A value may contradict another until <see cref="Validate"/>, which <see cref="Transformer.Init"/> calls.
/// </summary>
public sealed record TransformerSettings
{
    private static readonly (string, string) Marker = ("model_type", "fukami");

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

    /// <summary>Attention heads; the width is a multiple of it.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Heads of keys and values, a divisor of <see cref="Heads"/>; as many as these unless set (0 unsets it). (Ainslie et al. 2023)</summary>
    public int KeyValueHeads { get => field == 0 ? Heads : field; init; }

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

    /// <summary>Whether linear layers and normalizations have biases. The output weights never have one.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>Whether the output weights are the embedding table. (Press and Wolf 2017)</summary>
    public bool Tied { get; init; }

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

    /// <summary>Features of one head.</summary>
    public int HeadWidth => Width / Heads;

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
        if (Width % Heads != 0)
        {
            throw new SettingsException($"width {Width} is not a multiple of heads {Heads}; every head takes the same share of the width.");
        }

        if (Heads % KeyValueHeads != 0)
        {
            throw new SettingsException($"heads {Heads} is not a multiple of key_value_heads {KeyValueHeads}; every key head serves the same number of query heads.");
        }

        if (Positions == "rotary" && HeadWidth % 2 != 0)
        {
            throw new SettingsException($"positions=rotary turns features in pairs, but width {Width} over heads {Heads} gives heads of {HeadWidth} features; choose an even number.");
        }

        CheckFits("vocabulary × width", (long)Vocabulary * Width);
        CheckFits("length × width", (long)Length * Width);
        CheckFits("width × feed_forward_width", (long)Width * FeedForwardWidth);
        CheckFits("width × 3·width", 3L * Width * Width);
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

    // A matrix is addressed by 32 bits.
    private static void CheckFits(string what, long numbers)
    {
        if (numbers > int.MaxValue)
        {
            throw new SettingsException($"{what} is {numbers} numbers in one matrix; at most {int.MaxValue} fit.");
        }
    }
}
