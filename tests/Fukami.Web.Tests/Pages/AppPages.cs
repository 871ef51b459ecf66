namespace Fukami.Web.Tests;

/// <summary>Every page of the app, by an address that shows something on it.</summary>
internal static class AppPages
{
    /// <summary>A run that takes no time.</summary>
    public const string SmallRun = "lab/gradient-flow?depth=4&width=16&heads=2&length=8&vocabulary=50&seeds=2";

    /// <summary>The addresses, with a name for each.</summary>
    public static IReadOnlyList<(string Name, string Address)> All { get; } =
    [
        ("home", ""),
        ("start", "start"),
        ("baseline", "baseline"),
        ("session-overview", "session/query-key-value"),
        ("session", "session/residual-and-normalization"),
        ("review", "review"),
        ("settings", "settings"),
        ("lab", "lab"),
        ("experiment", SmallRun),
        ("compare", $"lab/compare?a={Uri.EscapeDataString("gradient-flow?depth=4&width=16&heads=2&length=8&vocabulary=50&seeds=2")}&b={Uri.EscapeDataString("gradient-flow?depth=6&width=16&heads=2&length=8&vocabulary=50&seeds=2")}"),
        ("inside", "inside"),
        ("not-found", "nowhere"),
    ];
}
