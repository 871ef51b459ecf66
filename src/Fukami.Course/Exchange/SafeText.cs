using System.Text;
using System.Text.RegularExpressions;
using Markdig.Extensions.CustomContainers;
using Markdig.Syntax;

namespace Fukami.Course;

/// <summary>Makes somebody's Markdown stand within a session without changing what is around it: nothing in it opens a section or a container, or swallows what follows.</summary>
internal static partial class SafeText
{
    /// <summary>The text, with as little changed as need be; where that does not suffice, as a block of code.</summary>
    public static string Of(string text)
    {
        text = WithoutBlankEdges(text);
        if (IsSafe(text))
        {
            return text;
        }

        string escaped = Escaped(text);
        return IsSafe(escaped) ? escaped : AsCode(text);
    }

    private static string WithoutBlankEdges(string text)
    {
        List<string> lines = [.. text.Split('\n')];
        while (lines.Count > 0 && string.IsNullOrWhiteSpace(lines[0]))
        {
            lines.RemoveAt(0);
        }

        while (lines.Count > 0 && string.IsNullOrWhiteSpace(lines[^1]))
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return string.Join('\n', lines).TrimEnd();
    }

    [GeneratedRegex(@"^(?<indent>[ \t]*(?:(?:[-*+>]|\d{1,9}[.)])[ \t]+)*)(?<mark>:{3,}|#{1,2}(?=\s|$)|\[[^\]]*\]:)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Risky { get; }

    [GeneratedRegex(@"^ {0,3}(-+|=+)\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Underline { get; }

    private static string Escaped(string text)
    {
        var made = new StringBuilder();
        var fence = new FenceState();
        bool isAfterText = false;
        foreach (string line in text.Split('\n'))
        {
            bool isCode = fence.Take(line);
            string written = line;
            if (!isCode)
            {
                if (isAfterText && Underline.IsMatch(line))
                {
                    made.Append('\n');
                    written = line.Contains('=', StringComparison.Ordinal) ? line.Replace("=", @"\=", StringComparison.Ordinal) : line;
                }

                written = Risky.Replace(written, @"${indent}\${mark}");
            }

            isAfterText = !isCode && !string.IsNullOrWhiteSpace(line);
            made.Append(written).Append('\n');
        }

        return made.Append(fence.Closing).ToString().TrimEnd();
    }

    // a heading, a container or a definition of its own would change the session; so would anything that is still open at the end
    private static bool IsSafe(string text)
    {
        const string Sentinel = "## end {#end minutes=1}";
        var faults = new List<CourseFault>();
        if (MarkdownSource.Parse($"## begin {{#begin minutes=1}}\n\n{text}\n\n:::preview {{#p}}\nx\n:::\n\n{Sentinel}\n", new FaultList("", faults)) is not { } source)
        {
            return false;
        }

        Markdig.Syntax.Block[] blocks = [.. source.Document];
        if (blocks is not [HeadingBlock, .., CustomContainer { Count: 1 }, HeadingBlock { Level: 2 }])
        {
            return false;
        }

        Markdig.Syntax.Block[] middle = blocks[1..^2];
        return middle.Length > 0
            && middle.All(block => block is not (HeadingBlock { Level: < 3 } or CustomContainer or LinkReferenceDefinitionGroup))
            && middle[0] is not FencedCodeBlock { Info: "yaml" }
            && !source.Document.Descendants().Any(block => block is CustomContainer && !ReferenceEquals(block, blocks[^2]))
            && string.Equals(source.OfAll(middle), text, StringComparison.Ordinal);
    }

    private static string AsCode(string text)
    {
        int most = 2;
        int run = 0;
        foreach (char c in text)
        {
            run = c == '`' ? run + 1 : 0;
            most = Math.Max(most, run);
        }

        string fence = new('`', most + 1);
        return $"{fence}text\n{text}\n{fence}";
    }
}
