namespace Fukami.Transformers;

/// <summary>What a task can be told beside the model that it is for.</summary>
public sealed record TaskSettings
{
    /// <summary>The languages of a task that has them.</summary>
    public static IReadOnlyList<Choice> Languages { get; } =
    [
        new("en", new("English.", "英語。")),
        new("ja", new("Japanese.", "日本語。")),
        new("both", new("Each example in one of the two.", "例ごとにどちらか一方。")),
    ];

    /// <summary>All settings, each with its name, bounds and explanation.</summary>
    public static SettingsTable<TaskSettings> Table { get; } = new(
        new ChoiceSetting<TaskSettings>("language", Languages, s => s.Language, (s, v) => s with { Language = v }, new("small-world: the language of the stories.", "small-world: 文章の言語。")));

    /// <summary>The task's own randomness, such as that of the held-out examples.</summary>
    public ulong Seed { get; init; }

    /// <summary>One of <see cref="Languages"/>; only tasks whose <see cref="TaskKind.HasLanguages"/> is set heed it.</summary>
    public string Language { get; init; } = "both";

    /// <summary>These settings with one changed, as <c>--set name=value</c> asks.</summary>
    /// <exception cref="SettingsException">The name is unknown or the value not allowed.</exception>
    public TaskSettings With(string name, string value) => Table.With(this, name, value);
}
