using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>Mistral: Llama's layer without biases, and a sliding window in attention. (Jiang et al. 2023)</summary>
public sealed class MistralFamily : LlamaFamily
{
    /// <inheritdoc/>
    public override string Name => "mistral";

    private protected override string Architecture => "MistralForCausalLM";

    private protected override FamilyDefaults Defaults => new() { Length = 131_072, KeyValueHeads = 8, FeedForwardWidth = 14_336 };

    private protected override bool ReadsQkvBias(JsonNodeReader config) => false;

    private protected override bool ReadsAttentionBias(JsonNodeReader config) => false;

    private protected override int? Window(JsonNodeReader config) => config.Has("sliding_window") ? config.Find("sliding_window")?.Number() : 4096;

    private protected override void WriteOptions(Utf8JsonWriter json, TransformerSettings settings) => json.WriteNull("sliding_window"u8);
}
