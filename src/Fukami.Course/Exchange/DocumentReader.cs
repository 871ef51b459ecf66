using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Reads a document: what carries marks as it was written out, all else as plain text.</summary>
internal sealed partial class DocumentReader
{
    private const int MaximumDepth = 4;

    private readonly string[] lines;
    private readonly string name;
    private readonly PlainDocument plain;
    private readonly List<LocalizedText> notes = [];

    private DocumentReader(string text, string name, Language language)
    {
        (lines, this.name) = (text.Split('\n'), name);
        plain = new PlainDocument(language, notes);
    }

    /// <summary>Reads a document.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="name">Its name.</param>
    /// <param name="language">Its language; found out if not given.</param>
    /// <param name="id">The session's id; made from the title if not given.</param>
    /// <exception cref="CourseException">It is no document of a session.</exception>
    public static ImportedSession Read(string text, string name, Language? language, string? id)
    {
        if (id is not null && !IdPattern.IsMatch(id))
        {
            throw Refuse($"“{id}” is no id; use small letters, digits and dashes, such as attention-masks.", $"「{id}」は id に使えません。attention-masks のように、英小文字・数字・ハイフンで書いてください。");
        }

        if (text.TrimStart() is ['<', '!', 'd' or 'D', ..] or ['<', 'h' or 'H', 't' or 'T', ..] or ['{', ..] or ['%', 'P', 'D', 'F', ..] or ['{', '\\', 'r', ..])
        {
            throw Refuse($"{name} is not Markdown; give a Markdown document with a title and questions.", $"{name} は Markdown ではありません。題名と問いのある Markdown の文書を指定してください。");
        }

        var faults = new List<CourseFault>();
        if (MarkdownSource.Parse(text, new FaultList(name, faults)) is null)
        {
            throw Refuse($"{name}: {faults[0].Sentence.English}", $"{name}: {faults[0].Sentence.Japanese}");
        }

        return new DocumentReader(text, name, language ?? LanguageOf(text)).Read(id);
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{1,60}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdPattern { get; }

    [GeneratedRegex(@"^\*\*Q\d+\*\*: ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QuestionLabel { get; }

    [GeneratedRegex(@"^\*\*(Figure|図)\*\*: ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FigureLabel { get; }

    private static Language LanguageOf(string text) => text.Any(c => c is >= '\u3041' and <= '\u30ff') ? Language.Japanese : Language.English;

    private ImportedSession Read(string? id)
    {
        (string Kind, JsonElement Data)? session = null;
        var free = new List<string>();
        var fence = new FenceState();
        for (int i = 0; i < lines.Length; i++)
        {
            bool isCode = fence.Take(lines[i]);
            if (isCode || DocumentMarks.Read(lines[i]) is not { } mark)
            {
                free.Add(lines[i]);
                continue;
            }

            if (mark.Kind == "session")
            {
                // the title stands in front of it and is said again within
                free.RemoveAll(line => line.StartsWith("# ", StringComparison.Ordinal));
                session = mark;
                continue;
            }

            Free();
            if (mark.Kind == "section")
            {
                plain.Begin(Text(mark.Data, "title"), Text(mark.Data, "id"), Number(mark.Data, "minutes"));
                while (i + 1 < lines.Length && (lines[i + 1].Length == 0 || lines[i + 1].StartsWith("## ", StringComparison.Ordinal)))
                {
                    if (lines[++i].Length > 0)
                    {
                        break;
                    }
                }

                continue;
            }

            int end = EndOf(i);
            Marked(mark, i + 1, end, depth: 0);
            i = end;
        }

        Free();
        return Made(session, id);

        void Free()
        {
            plain.Take(free);
            free.Clear();
        }
    }

    private ImportedSession Made((string Kind, JsonElement Data)? mark, string? id)
    {
        Session made = plain.Finish(name);
        if (mark is { } marked)
        {
            made = made with
            {
                Id = Text(marked.Data, "id"),
                Number = (int)Number(marked.Data, "number"),
                Title = Text(marked.Data, "title"),
                Goal = Text(marked.Data, "goal"),
                Minutes = (int)Number(marked.Data, "minutes"),
                Concepts = Texts(marked.Data, "concepts"),
                Language = Text(marked.Data, "language") == "ja" ? Language.Japanese : Language.English,
            };
        }

        if (id is not null || !IdPattern.IsMatch(made.Id))
        {
            made = made with { Id = id ?? "session" };
        }

        return ImportedSession.Of(made, notes);
    }

    // the line that ends the block which begins at a line; where none does, the block ends with the document
    private int EndOf(int begin)
    {
        int open = 0;
        for (int i = begin; i < lines.Length; i++)
        {
            if (lines[i] == DocumentMarks.End && --open == 0)
            {
                return i;
            }

            if (lines[i].StartsWith("<!-- fukami:", StringComparison.Ordinal) && DocumentMarks.Read(lines[i]) is { Kind: not ("session" or "section") })
            {
                open++;
            }
        }

        notes.Add(new LocalizedText($"The mark in line {begin + 1} is never ended; what follows was read as a part of it.", $"{begin + 1} 行目の印に終わりがないため、以降をすべてその一部として読みました。"));
        return lines.Length;
    }

    private void Marked((string Kind, JsonElement Data) mark, int first, int end, int depth)
    {
        if (mark.Kind == "shown")
        {
            return;
        }

        if (mark.Kind == "block")
        {
            Sourced(mark.Data, Body(first, end));
            return;
        }

        if (BlockOf(mark.Kind, mark.Data, first, end, depth) is { } block)
        {
            plain.Add(block);
        }
        else
        {
            notes.Add(new LocalizedText($"The block in line {first} could not be read as “{mark.Kind}”; its text was kept.", $"{first} 行目のブロックを「{mark.Kind}」として読めなかったため、文章として残しました。"));
            plain.AddText(Body(first, end));
        }
    }

    private void Sourced(JsonElement data, string shown)
    {
        var faults = new List<CourseFault>();
        List<Block> blocks = Blocks(Text(data, "source"), faults);
        string id = blocks.Count > 0 ? blocks[0].Id : "?";
        foreach (Block block in blocks)
        {
            plain.Add(block);
        }

        if (blocks.Count == 0 || !string.Equals(Text(data, "shown"), DocumentMarks.Sum(shown), StringComparison.Ordinal))
        {
            notes.Add(new LocalizedText(
                $"A block that shows a learner's own figures was edited ({id}); the original was restored, and the edited text stands behind it.",
                $"受講者ごとの値を含むブロック（{id}）が編集されています。元の内容に戻し、編集後の文章をその後ろに残しました。"));
            plain.AddText(shown);
        }
    }

    private static List<Block> Blocks(string source, List<CourseFault> faults)
    {
        var list = new FaultList("", faults);
        return MarkdownSource.Parse(source, list) is { } parsed
            ? new BlockReader(parsed, new Dictionary<string, Rubric>(StringComparer.Ordinal)).ReadAll("text", [.. parsed.Document])
            : [];
    }

    private Block? BlockOf(string kind, JsonElement data, int first, int end, int depth)
    {
        string id = Text(data, "id");
        if (kind != "text" && !IdPattern.IsMatch(id))
        {
            return null;
        }

        string body = kind == "when" ? "" : Body(first, end);
        switch (kind)
        {
            case "text":
                return new TextBlock(body) { Id = "", Line = 0 };
            case "experiment":
                return new ExperimentBlock(Text(data, "run"), Text(data, "preset") is { Length: > 0 } preset ? preset : null, Map(data, "set"), Map(data, "expect"), body) { Id = id, Line = 0 };
            case "figure":
                return new FigureBlock(Text(data, "draw"), Map(data, "with"), FigureLabel.Replace(body, "", 1)) { Id = id, Line = 0 };
            case "apply":
                return new ApplyBlock(body) { Id = id, Line = 0 };
            case "homework":
                return new HomeworkBlock(body) { Id = id, Line = 0 };
            case "preview":
                return new PreviewBlock(body) { Id = id, Line = 0 };
            case "feedback":
                return Feedback(id, Texts(data, "prompts"), body);
            case "open":
                return MarkedQuestion.Open(id, Texts(data, "concepts"), QuestionLabel.Replace(body, "", 1));
            case "choice":
                return MarkedQuestion.Choice(id, Texts(data, "concepts"), Texts(data, "misconceptions"), Texts(data, "measured"), !data.TryGetProperty("shuffles", out JsonElement shuffles) || shuffles.ValueKind != JsonValueKind.False, QuestionLabel.Replace(body, "", 1));
            case "order":
                return MarkedQuestion.Order(id, Texts(data, "concepts"), QuestionLabel.Replace(body, "", 1));
            case "when" when depth < MaximumDepth:
                return When(id, data, first, end, depth);
            default:
                return null;
        }
    }

    private static FeedbackBlock? Feedback(string id, string[] ids, string body)
    {
        (string introduction, IReadOnlyList<string> items) = MarkedQuestion.TrailingItems(body, ids.Length);
        return items.Count == ids.Length ? new FeedbackBlock([.. ids.Zip(items, (prompt, text) => new FeedbackPrompt(prompt, text))], introduction) { Id = id, Line = 0 } : null;
    }

    private WhenBlock When(string id, JsonElement data, int first, int end, int depth)
    {
        var inner = new List<Block>();
        var text = new List<string>();
        int texts = 0;
        for (int i = first; i < end; i++)
        {
            if (DocumentMarks.Read(lines[i]) is not { } mark)
            {
                text.Add(lines[i]);
                continue;
            }

            AddText();
            int last = Math.Min(EndOf(i), end);
            if (mark.Kind == "block")
            {
                inner.AddRange(Blocks(Text(mark.Data, "source"), []));
            }
            else if (mark.Kind != "shown")
            {
                Block? made = BlockOf(mark.Kind, mark.Data, i + 1, last, depth + 1);
                inner.Add(made is null or TextBlock ? new TextBlock(SafeText.Of(Body(i + 1, last))) { Id = $"{id}-text-{++texts}", Line = 0 } : made);
            }

            i = last;
        }

        AddText();
        ConceptState[] states = [.. Texts(data, "states").Select(ConceptStates.Parse).OfType<ConceptState>()];
        return new WhenBlock(Text(data, "concept"), states, Text(data, "misconception") is { Length: > 0 } misconception ? misconception : null, inner) { Id = id, Line = 0 };

        void AddText()
        {
            string joined = string.Join('\n', text).Trim('\n');
            text.Clear();
            if (!string.IsNullOrWhiteSpace(joined))
            {
                inner.Add(new TextBlock(SafeText.Of(joined)) { Id = string.Create(CultureInfo.InvariantCulture, $"{id}-text-{++texts}"), Line = 0 });
            }
        }
    }

    // the lines of a block without what is for the reader only
    private string Body(int first, int end)
    {
        var body = new List<string>();
        for (int i = first; i < end; i++)
        {
            if (lines[i] == DocumentMarks.Shown)
            {
                i = EndOf(i);
                continue;
            }

            body.Add(lines[i]);
        }

        return string.Join('\n', body).Trim('\n').TrimEnd();
    }

    private static string Text(JsonElement data, string key) => data.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.ReplaceLineEndings("\n") : "";

    private static double Number(JsonElement data, string key) => data.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number is > 0 and < 1000 ? number : 0;

    private static string[] Texts(JsonElement data, string key) => data.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : "")]
        : [];

    private static Dictionary<string, string> Map(JsonElement data, string key) => data.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Object
        ? value.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.String).DistinctBy(entry => entry.Name, StringComparer.Ordinal).ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!, StringComparer.Ordinal)
        : new Dictionary<string, string>(StringComparer.Ordinal);

    private static CourseException Refuse(string english, string japanese) => new(new LocalizedText(english, japanese));
}
