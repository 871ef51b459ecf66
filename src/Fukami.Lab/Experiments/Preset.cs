namespace Fukami.Lab;

/// <summary>Settings of an experiment that show something worth seeing, under a name: <c>--preset</c>, and a button on the page.</summary>
/// <param name="Id">The stable name, for example <c>free-way</c>.</param>
/// <param name="Title">What it shows, in a sentence; for a popular claim that is not literally true, the claim itself in quotation marks.</param>
/// <param name="Assignments">The settings that differ from the defaults, as <c>name=value</c>.</param>
public sealed record Preset(string Id, LocalizedText Title, params IReadOnlyList<string> Assignments)
{
    /// <summary>Whether it shows that a popular claim is not literally true.</summary>
    public bool IsPopularClaim { get; init; }
}
