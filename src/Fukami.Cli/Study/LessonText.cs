using System.Globalization;
using System.Text;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Fukami.Cli;

/// <summary>The Markdown of a lesson as lines of text: headings, lists, tables, code, mathematics. Styles are marks of <see cref="Ink"/>.</summary>
internal static class LessonText
{
    private const int LeastWidth = 12;
    private const int LeastColumn = 6;
    private const string ClaimLink = "claim:";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseTaskLists().UseMathematics().DisableHtml().Build();

    /// <summary>The lines of a text.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="columns">The most columns of a line.</param>
    public static IReadOnlyList<string> Lines(string markdown, int columns)
    {
        var lines = new List<string>();
        Write(Markdown.Parse(markdown, Pipeline), lines, Math.Max(columns, LeastWidth), isTight: false);
        return lines;
    }

    /// <summary>A short text, such as an option, as one paragraph without breaks.</summary>
    public static string Inline(string markdown) => string.Join(' ', Lines(markdown, int.MaxValue).Where(line => line.Length > 0));

    private static void Write(ContainerBlock container, List<string> lines, int columns, bool isTight)
    {
        bool isFirst = true;
        foreach (Block block in container)
        {
            if (block is LinkReferenceDefinitionGroup or HtmlBlock)
            {
                continue;
            }

            if (!isFirst && !isTight)
            {
                lines.Add("");
            }

            isFirst = false;
            Write(block, lines, columns);
        }
    }

    private static void Write(Block block, List<string> lines, int columns)
    {
        switch (block)
        {
            case HeadingBlock heading:
                lines.AddRange(Prefixed(DisplayWidth.Wrap(Ink.Bold(Text(heading.Inline)), columns - 2), "▌ ", "▌ "));
                break;
            case MathBlock math:
                lines.AddRange(Prefixed(DisplayWidth.Wrap(MathText.Of(math.Lines.ToString()), columns - 4), "    ", "      "));
                break;
            case CodeBlock code:
                lines.AddRange(code.Lines.ToString().Split('\n').SelectMany(line => Chunks(line, columns - 4)).Select(line => $"    {Ink.Code(line)}"));
                break;
            case LeafBlock { Inline: { FirstChild: MathInline { DelimiterCount: > 1 } formula } only } when only.LastChild == formula:
                lines.AddRange(Prefixed(DisplayWidth.Wrap(MathText.Of(Ink.Harmless(formula.Content.ToString())), columns - 4), "    ", "      "));
                break;
            case LeafBlock leaf when leaf.Inline is not null:
                lines.AddRange(DisplayWidth.Wrap(Text(leaf.Inline), columns));
                break;
            case Table table:
                WriteTable(table, lines, columns);
                break;
            case ListBlock list:
                WriteList(list, lines, columns);
                break;
            case QuoteBlock quote:
                lines.AddRange(Prefixed(Of(quote, columns - 2, isTight: false), "│ ", "│ "));
                break;
            case ThematicBreakBlock:
                lines.Add(new string('─', Math.Min(columns, 40)));
                break;
            case ContainerBlock container:
                Write(container, lines, columns, isTight: false);
                break;
            default:
                break; // nothing that a reader sees
        }
    }

    private static List<string> Of(ContainerBlock container, int columns, bool isTight)
    {
        var lines = new List<string>();
        Write(container, lines, Math.Max(columns, LeastWidth), isTight);
        return lines;
    }

    private static void WriteList(ListBlock list, List<string> lines, int columns)
    {
        int number = list.IsOrdered && int.TryParse(list.OrderedStart, CultureInfo.InvariantCulture, out int first) ? first : 1;
        bool isFirst = true;
        foreach (ListItemBlock item in list.OfType<ListItemBlock>())
        {
            if (list.IsLoose && !isFirst)
            {
                lines.Add("");
            }

            isFirst = false;
            string mark = list.IsOrdered ? string.Create(CultureInfo.InvariantCulture, $"  {number++}. ") : "  - ";
            lines.AddRange(Prefixed(Of(item, columns - mark.Length, isTight: !list.IsLoose), mark, new string(' ', mark.Length)));
        }
    }

    private static void WriteTable(Table table, List<string> lines, int columns)
    {
        const string between = "  ";
        string[][] rows = [.. table.OfType<TableRow>().Select(row => row.OfType<TableCell>().Select(cell => string.Join(' ', Of(cell, int.MaxValue, isTight: true))).ToArray())];
        int count = rows.Max(row => row.Length);
        int[] widths = [.. Enumerable.Range(0, count).Select(i => rows.Max(row => i < row.Length ? DisplayWidth.Of(row[i]) : 0))];
        int room = columns - (between.Length * count);
        while (widths.Sum() > room && widths.Max() > LeastColumn)
        {
            widths[Array.IndexOf(widths, widths.Max())]--;
        }

        for (int r = 0; r < rows.Length; r++)
        {
            List<string>[] cells = [.. widths.Select((width, i) => DisplayWidth.Wrap(i < rows[r].Length ? rows[r][i] : "", width))];
            for (int line = 0; line < cells.Max(cell => cell.Count); line++)
            {
                string text = string.Concat(cells.Select((cell, i) => between + DisplayWidth.PadRight(line < cell.Count ? cell[line] : "", widths[i]))).TrimEnd();
                lines.Add(r == 0 ? Ink.Bold(text) : text);
            }

            if (r == 0)
            {
                lines.Add(string.Concat(widths.Select(width => between + new string('─', width))));
            }
        }
    }

    private static string Text(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        foreach (Inline inline in inlines ?? [])
        {
            text.Append(Text(inline));
        }

        return text.ToString();
    }

    private static string Text(Inline inline) => inline switch
    {
        LiteralInline literal => Ink.Harmless(literal.Content.ToString()),
        CodeInline code => Ink.Code(Ink.Harmless(code.Content)),
        MathInline math => MathText.Of(Ink.Harmless(math.Content.ToString())),
        EmphasisInline { DelimiterCount: 2 } strong => Ink.Bold(Text(strong)),
        EmphasisInline emphasis => Text(emphasis),
        LinkInline { Url: { } url } link when url.StartsWith(ClaimLink, StringComparison.Ordinal) => $"{Text(link)}{Ink.Dim($" [{Ink.Harmless(url[ClaimLink.Length..])}]")}",
        LinkInline { IsImage: true } image => Text(image),
        LinkInline link => string.IsNullOrEmpty(link.Url) ? Text(link) : $"{Text(link)}{Ink.Dim($" <{Ink.Harmless(link.Url)}>")}",
        AutolinkInline auto => Ink.Harmless(auto.Url),
        LineBreakInline { IsHard: true } => "\n",
        LineBreakInline => BreaksBetweenWide(inline) ? "" : " ",
        HtmlEntityInline entity => Ink.Harmless(entity.Transcoded.ToString()),
        TaskList task => task.Checked ? "[x]" : "[ ]",
        ContainerInline container => Text(container),
        _ => "",
    };

    // a line of the source that ends within a Japanese sentence leaves no space
    private static bool BreaksBetweenWide(Inline inline) =>
        inline is { PreviousSibling: LiteralInline before, NextSibling: LiteralInline after }
        && before.Content.ToString() is { Length: > 0 } left && after.Content.ToString() is { Length: > 0 } right
        && Rune.TryGetRuneAt(right, 0, out Rune next) && DisplayWidth.Of(next) == 2 && DisplayWidth.Of(left.AsSpan(left.Length - 1)) == 2;

    private static IEnumerable<string> Chunks(string line, int columns)
    {
        line = Ink.Harmless(line.TrimEnd('\r').Replace("\t", "    ", StringComparison.Ordinal));
        var chunk = new StringBuilder();
        int width = 0;
        foreach (Rune rune in line.EnumerateRunes())
        {
            int wide = DisplayWidth.Of(rune);
            if (width + wide > Math.Max(columns, LeastWidth))
            {
                yield return chunk.ToString();
                chunk.Clear();
                width = 0;
            }

            chunk.Append(rune.ToString());
            width += wide;
        }

        yield return chunk.ToString();
    }

    private static IEnumerable<string> Prefixed(IEnumerable<string> lines, string first, string rest) =>
        lines.Select((line, i) => line.Length == 0 && i > 0 && string.IsNullOrWhiteSpace(rest) ? "" : (i == 0 ? first : rest) + line);
}
