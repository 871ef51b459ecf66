using System.Globalization;
using System.Text;
using System.Text.Json;
using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Reads GIFT: questions between blank lines, comments, categories, titles, formats, answers, escapes. One pass, without recursion.</summary>
internal static class GiftReader
{
    private const string DataMark = "// fukami: ";
    private const string CategoryMark = "$CATEGORY:";
    private const string Gap = "_____";

    /// <summary>The questions with the category that each stands in.</summary>
    /// <param name="text">The file.</param>
    /// <param name="notes">What could not be read.</param>
    public static List<(string Category, GiftItem Item)> Read(string text, ICollection<LocalizedText> notes)
    {
        var items = new List<(string, GiftItem)>();
        string category = "";
        JsonElement? data = null;
        var block = new StringBuilder();
        int first = 0;
        int line = 0;
        foreach (string content in text.Split('\n').Append(""))
        {
            line++;
            string trimmed = content.Trim();
            if (trimmed.StartsWith(DataMark, StringComparison.Ordinal))
            {
                data = DataOf(trimmed[DataMark.Length..]);
            }
            else if (trimmed.StartsWith("//", StringComparison.Ordinal))
            {
                continue;
            }
            else if (trimmed.StartsWith(CategoryMark, StringComparison.OrdinalIgnoreCase) && block.Length == 0)
            {
                category = trimmed[CategoryMark.Length..].Trim();
            }
            else if (trimmed.Length > 0)
            {
                first = block.Length == 0 ? line : first;
                block.Append(content).Append('\n');
            }
            else if (block.Length > 0)
            {
                if (items.Count >= SessionDocument.MaximumQuestions)
                {
                    throw new CourseException(new LocalizedText($"The file has more than {SessionDocument.MaximumQuestions} questions; split it.", $"問題が {SessionDocument.MaximumQuestions} 問を超えています。分けてください。"));
                }

                items.Add((category, Item(block.ToString().TrimEnd('\n'), first, data, notes)));
                data = null;
                block.Clear();
            }
        }

        return items;
    }

    private static JsonElement? DataOf(string json)
    {
        try
        {
            using var parsed = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            return parsed.RootElement.ValueKind == JsonValueKind.Object ? parsed.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null; // somebody's own comment
        }
    }

    private static GiftItem Item(string text, int line, JsonElement? data, ICollection<LocalizedText> notes)
    {
        string rest = text.TrimStart();
        string title = "";
        if (rest.StartsWith("::", StringComparison.Ordinal) && Find(rest, "::", 2) is > 0 and var end)
        {
            title = Unescape(rest[2..end]).Trim();
            rest = rest[(end + 2)..].TrimStart();
        }

        string format = Format(ref rest);
        int open = Find(rest, "{", 0);
        int close = open < 0 ? -1 : Find(rest, "}", open);
        if (open < 0 || close < 0)
        {
            if (open >= 0)
            {
                notes.Add(new LocalizedText($"Line {line}: the question's “{{” is never closed, so it was kept as text.", $"{line} 行目: 「{{」が閉じられていないため、文章として残しました。"));
            }

            return new GiftItem(line, title, format, Unescape(rest).Trim(), GiftKind.Description, [], "", data);
        }

        string after = Unescape(rest[(close + 1)..]).Trim();
        string prompt = Unescape(rest[..open]).Trim();
        if (after.Length > 0)
        {
            prompt = $"{prompt} {Gap} {after}";
        }

        string inner = rest[(open + 1)..close].Trim();
        int general = Find(inner, "####", 0);
        string feedback = general >= 0 ? Unescape(inner[(general + 4)..]).Trim() : "";
        (GiftKind kind, IReadOnlyList<GiftAnswer> answers) = Answers(general >= 0 ? inner[..general].Trim() : inner);
        return new GiftItem(line, title, format, prompt, kind, answers, feedback, data);
    }

    private static string Format(ref string text)
    {
        int end = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) : -1;
        string format = end < 0 ? "" : text[1..end];
        if (format is not ("html" or "markdown" or "plain" or "moodle"))
        {
            return "";
        }

        text = text[(end + 1)..].TrimStart();
        return format;
    }

    private static (GiftKind Kind, IReadOnlyList<GiftAnswer> Answers) Answers(string inner)
    {
        if (inner.Length == 0)
        {
            return (GiftKind.Essay, []);
        }

        if (inner[0] == '#')
        {
            string numbers = inner[1..].Trim();
            return (GiftKind.Number, numbers.StartsWith('=') ? Parts(numbers) : [Answer("=" + numbers)]);
        }

        int hash = Find(inner, "#", 0);
        string word = (hash < 0 ? inner : inner[..hash]).Trim().ToUpperInvariant();
        if (word is "T" or "TRUE" or "F" or "FALSE")
        {
            string[] said = hash < 0 ? [] : [.. SplitAt(inner[(hash + 1)..], '#').Select(part => Unescape(part).Trim())];
            // the first is for the wrong answer, the second for the right one
            bool isTrue = word[0] == 'T';
            string wrong = said.ElementAtOrDefault(0) ?? "";
            string right = said.ElementAtOrDefault(1) ?? "";
            return (GiftKind.TrueFalse, [new GiftAnswer(isTrue, null, "true", null, isTrue ? right : wrong), new GiftAnswer(!isTrue, null, "false", null, isTrue ? wrong : right)]);
        }

        if (inner[0] is not ('=' or '~'))
        {
            return (GiftKind.ShortAnswer, [Answer("=" + inner)]);
        }

        List<GiftAnswer> answers = Parts(inner);
        bool isMatching = answers.TrueForAll(answer => answer is { IsEqual: true, Match: not null });
        return isMatching ? (GiftKind.Matching, answers)
            : answers.TrueForAll(answer => answer.IsEqual) ? (GiftKind.ShortAnswer, answers)
            : (GiftKind.Choice, answers);
    }

    private static List<GiftAnswer> Parts(string inner)
    {
        var answers = new List<GiftAnswer>();
        int begin = 0;
        for (int i = 1; i <= inner.Length; i++)
        {
            if (i == inner.Length || (inner[i] is '=' or '~' && !IsEscaped(inner, i)))
            {
                answers.Add(Answer(inner[begin..i]));
                begin = i;
            }
        }

        return answers;
    }

    private static GiftAnswer Answer(string part)
    {
        bool isEqual = part[0] == '=';
        string rest = part[1..].Trim();
        double? weight = null;
        if (rest.StartsWith('%') && rest.IndexOf('%', 1) is > 0 and var end && double.TryParse(rest[1..end], NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) && double.IsFinite(parsed))
        {
            weight = parsed;
            rest = rest[(end + 1)..].Trim();
        }

        int hash = Find(rest, "#", 0);
        string feedback = hash < 0 ? "" : Unescape(rest[(hash + 1)..]).Trim();
        string answer = hash < 0 ? rest : rest[..hash];
        _ = Format(ref answer);
        int arrow = Find(answer, "->", 0);
        return arrow < 0
            ? new GiftAnswer(isEqual, weight, Unescape(answer).Trim(), null, feedback)
            : new GiftAnswer(isEqual, weight, Unescape(answer[..arrow]).Trim(), Unescape(answer[(arrow + 2)..]).Trim(), feedback);
    }

    private static List<string> SplitAt(string text, char sign)
    {
        var parts = new List<string>();
        int begin = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == sign && !IsEscaped(text, i)))
            {
                parts.Add(text[begin..i]);
                begin = i + 1;
            }
        }

        return parts;
    }

    private static int Find(string text, string sign, int from)
    {
        bool isEscaped = false;
        for (int i = from; i <= text.Length - sign.Length; i++)
        {
            if (isEscaped)
            {
                isEscaped = false;
            }
            else if (text[i] == '\\')
            {
                isEscaped = true;
            }
            else if (string.CompareOrdinal(text, i, sign, 0, sign.Length) == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsEscaped(string text, int at)
    {
        int slashes = 0;
        while (at - slashes > 0 && text[at - slashes - 1] == '\\')
        {
            slashes++;
        }

        return slashes % 2 == 1;
    }

    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is ('~' or '=' or '#' or '{' or '}' or ':' or '\\' or 'n'))
            {
                i++;
                plain.Append(text[i] == 'n' ? '\n' : text[i]);
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }
}
