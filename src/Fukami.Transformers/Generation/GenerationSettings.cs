namespace Fukami.Transformers;

/// <summary>How the next token is chosen, and when to stop.</summary>
public sealed record GenerationSettings
{
    /// <summary>The settings that have bounds, each with its explanation.</summary>
    public static SettingsTable<GenerationSettings> Table { get; } = new(
        new WholeNumberSetting<GenerationSettings>("tokens", 0, int.MaxValue, s => s.Tokens, (s, v) => s with { Tokens = v }, new("Tokens to write at most.", "書くトークンの最大数。")),
        new RealNumberSetting<GenerationSettings>("temperature", 0, 1000, below: false, s => s.Temperature, (s, v) => s with { Temperature = v }, new("Logits are divided by it; 0 always takes the likeliest token.", "ロジットを割る温度。0 なら常に最も確率の高いトークン。")),
        new WholeNumberSetting<GenerationSettings>("top_k", 0, int.MaxValue, s => s.TopK, (s, v) => s with { TopK = v }, new("Only the k likeliest tokens are drawn from; 0: all.", "確率の高い k 個だけから選ぶ。0 ならすべて。")),
        new RealNumberSetting<GenerationSettings>("top_p", 0, 1, below: false, s => s.TopP, (s, v) => s with { TopP = v }, new("Only the likeliest tokens that together reach this probability are drawn from; 1: all.", "確率の合計がこの値に達するまでの上位だけから選ぶ。1 ならすべて。")));

    /// <summary>Tokens to write at most.</summary>
    public int Tokens { get; init; } = 256;

    /// <summary>Logits are divided by it: below 1 bolder, above 1 more varied; 0 always takes the likeliest token (the first of equals).</summary>
    public float Temperature { get; init; } = 1;

    /// <summary>Only the k likeliest tokens are drawn from; 0 for all. (Fan et al. 2018)</summary>
    public int TopK { get; init; }

    /// <summary>Only the fewest likeliest tokens that together reach this probability are drawn from; 1 for all. (Holtzman et al. 2020)</summary>
    public float TopP { get; init; } = 1;

    /// <summary>The seed; token i is draw i, so the same seed gives the same text.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Tokens that end the text. They are not given out.</summary>
    public IReadOnlyList<int> StopTokens { get; init; } = [];

    /// <summary>These settings, if every value is within its bounds.</summary>
    /// <exception cref="SettingsException">One is not.</exception>
    public GenerationSettings Validate()
    {
        Table.Check(this);
        return this;
    }
}
