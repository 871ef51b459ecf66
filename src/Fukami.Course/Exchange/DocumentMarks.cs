using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Fukami.Course;

/// <summary>
/// The comments by which a written-out session finds its way back: <c>&lt;!-- fukami:choice {…} --&gt;</c> before a block, <c>&lt;!-- /fukami --&gt;</c> behind it.
/// A reader of the document does not see them.
/// </summary>
internal static partial class DocumentMarks
{
    /// <summary>Ends a block.</summary>
    public const string End = "<!-- /fukami -->";

    /// <summary>Begins what is written for the reader only, and is left out when the document is read back.</summary>
    public const string Shown = "<!-- fukami:shown {} -->";

    private const int MaximumLine = 1 << 18;

    /// <summary>A mark before a block.</summary>
    public static string Begin(string kind, object data) => $"<!-- fukami:{kind} {SessionWriter.InComment(data)} -->";

    /// <summary>The kind and the data of a mark, if the line is one.</summary>
    public static (string Kind, JsonElement Data)? Read(string line)
    {
        if (line.Length > MaximumLine || !line.StartsWith("<!-- fukami:", StringComparison.Ordinal) || Pattern.Match(line) is not { Success: true } match)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(match.Groups["data"].Value, new JsonDocumentOptions { MaxDepth = 8 });
            return json.RootElement.ValueKind == JsonValueKind.Object ? (match.Groups["kind"].Value, json.RootElement.Clone()) : null;
        }
        catch (JsonException)
        {
            return null; // somebody's own comment
        }
    }

    /// <summary>A short sum of what was shown, by which an edit is noticed.</summary>
    public static string Sum(string shown) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(shown.Trim())))[..12];

    [GeneratedRegex(@"^<!-- fukami:(?<kind>[a-z]+) (?<data>\{.*\}) -->\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern { get; }
}
