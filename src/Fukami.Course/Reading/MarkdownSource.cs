using Markdig;
using Markdig.Extensions.CustomContainers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Fukami.Course;

/// <summary>A Markdown file with its blocks, and the source text behind each.</summary>
internal sealed class MarkdownSource
{
    /// <summary>The most characters that a file may have.</summary>
    public const int MaximumCharacters = 1 << 20;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePreciseSourceLocation()
        .UseYamlFrontMatter()
        .UseCustomContainers()
        .UsePipeTables()
        .UseTaskLists()
        .UseMathematics()
        .DisableHtml()
        .UseGenericAttributes()
        .Build();

    private readonly string text;

    private MarkdownSource(string text, MarkdownDocument document, FaultList faults) => (this.text, Document, Faults) = (text, document, faults);

    /// <summary>The blocks.</summary>
    public MarkdownDocument Document { get; }

    /// <summary>Where faults of this file go.</summary>
    public FaultList Faults { get; }

    /// <summary>Parses a text; none after a fault that leaves nothing to read.</summary>
    public static MarkdownSource? Parse(string text, FaultList faults)
    {
        if (text.Length > MaximumCharacters)
        {
            faults.Add(1, $"The file has {text.Length} characters; at most {MaximumCharacters} are read. Split the session.", $"ファイルが {text.Length} 文字あります。読めるのは {MaximumCharacters} 文字までです。セッションを分けてください。");
            return null;
        }

        text = text.ReplaceLineEndings("\n");
        try
        {
            return new MarkdownSource(text, Markdown.Parse(text, Pipeline), faults);
        }
        catch (ArgumentException e)
        {
            // the parser's own limit on nesting
            faults.Add(1, $"The Markdown cannot be read: {e.Message}", $"Markdown を読めません: {e.Message}");
            return null;
        }
    }

    /// <summary>The line of a block, from 1.</summary>
    public static int LineOf(MarkdownObject block) => block.Line + 1;

    /// <summary>The id behind a block, or none.</summary>
    public static string? IdOf(MarkdownObject block) => block.TryGetAttributes()?.Id;

    /// <summary>The value behind a block's attribute, or none.</summary>
    public static string? AttributeOf(MarkdownObject block, string name) =>
        block.TryGetAttributes()?.Properties?.FirstOrDefault(property => string.Equals(property.Key, name, StringComparison.Ordinal)).Value;

    /// <summary>What a container is called, <c>choice</c> in <c>:::choice</c>.</summary>
    public static string KindOf(CustomContainer container) => container.Info ?? "";

    /// <summary>The source text of a block.</summary>
    public string Of(Markdig.Syntax.Block block) => Of(block, block);

    /// <summary>The source text from one block to another, lines of the second included.</summary>
    public string Of(Markdig.Syntax.Block first, Markdig.Syntax.Block last)
    {
        int start = Math.Clamp(first.Span.Start, 0, text.Length);
        int end = Math.Clamp(last.Span.End + 1, start, text.Length);
        return Dedented(text[start..end], first.Column).TrimEnd();
    }

    /// <summary>The source text of blocks that follow one another; empty if there are none.</summary>
    public string OfAll(IReadOnlyList<Markdig.Syntax.Block> blocks) => blocks.Count == 0 ? "" : Of(blocks[0], blocks[^1]);

    /// <summary>The text that a quotation quotes.</summary>
    public string Quoted(QuoteBlock quote) => string.Join('\n', Of(quote).Split('\n').Select(Unquoted)).Trim();

    private static string Unquoted(string line)
    {
        string rest = line.TrimStart();
        return !rest.StartsWith('>') ? rest : rest.Length > 1 && rest[1] == ' ' ? rest[2..] : rest[1..];
    }

    // continuation lines of a list item carry its indentation
    private static string Dedented(string source, int columns)
    {
        if (columns == 0)
        {
            return source;
        }

        string[] lines = source.Split('\n');
        for (int i = 1; i < lines.Length; i++)
        {
            int blank = 0;
            while (blank < columns && blank < lines[i].Length && lines[i][blank] == ' ')
            {
                blank++;
            }

            lines[i] = lines[i][blank..];
        }

        return string.Join('\n', lines);
    }
}
