namespace Fukami.Transformers;

/// <summary>The values of the setting <c>padding</c>.</summary>
public static class PaddingTreatments
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Choice> All { get; } =
    [
        new("respect", new("Padding is left out of batch statistics.", "パディングをバッチの統計から除く。")),
        new("ignore", new("Padding counts like any token, as in most code.", "パディングも普通のトークンとして数える（多くの実装と同じ）。")),
    ];
}
