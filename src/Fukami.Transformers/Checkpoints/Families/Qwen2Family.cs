using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>Qwen2: Llama's layer with biases on query, key and value alone. (Yang et al. 2024)</summary>
public sealed class Qwen2Family : LlamaFamily
{
    /// <inheritdoc/>
    public override string Name => "qwen2";

    internal override SpecialTokenIds DefaultTokens => SpecialTokenIds.None;

    private protected override string Architecture => "Qwen2ForCausalLM";

    private protected override FamilyDefaults Defaults => new() { Vocabulary = 151_936, Length = 32_768, KeyValueHeads = 32, FeedForwardWidth = 22_016 };

    private protected override bool ReadsQkvBias(JsonNodeReader config) => true;

    private protected override bool ReadsAttentionBias(JsonNodeReader config) => false;

    private protected override int? Window(JsonNodeReader config) => config.Find("use_sliding_window")?.Flag() is true ? config.Find("sliding_window")?.Number() ?? 4096 : null;

    private protected override void WriteOptions(Utf8JsonWriter json, TransformerSettings settings) => json.WriteBoolean("use_sliding_window"u8, false);
}
