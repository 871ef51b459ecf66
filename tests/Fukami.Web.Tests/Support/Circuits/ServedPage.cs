using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fukami.Web.Tests;

/// <summary>A page as it is sent before it lives: the marks of the components that a circuit is to take over, and the state that they left for it.</summary>
/// <param name="Components">The marks, as JSON objects, in the order of the page.</param>
/// <param name="State">The sealed state; empty if there is none.</param>
internal sealed partial record ServedPage(IReadOnlyList<string> Components, string State)
{
    /// <summary>Finds both in the HTML.</summary>
    public static ServedPage Of(string html) => new(
        [.. Mark().Matches(html).Select(match => match.Groups["mark"].Value).Where(mark => mark.Contains("\"type\":\"server\"", StringComparison.Ordinal))], // the mark of a component's end has no type
        Sealed().Match(html).Groups["state"].Value);

    /// <summary>What asks a circuit to take all of them over.</summary>
    public string Takeover() => new JsonObject
    {
        ["batchId"] = 1,
        ["operations"] = new JsonArray([.. Components.Select((mark, i) => new JsonObject { ["type"] = "add", ["ssrComponentId"] = i + 1, ["marker"] = JsonNode.Parse(mark) })]),
    }.ToJsonString();

    [GeneratedRegex("<!--Blazor:(?<mark>\\{.*?\\})-->", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mark();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>[A-Za-z0-9+/=]+)-->", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sealed();
}
