using System.Text.RegularExpressions;

namespace Fukami.Course;

/// <summary>Reads questions as <see cref="DocumentWriter"/> writes them; null where somebody has changed their form.</summary>
internal static partial class MarkedQuestion
{
    /// <summary>A question with lettered options, key and feedback.</summary>
    public static ChoiceQuestion? Choice(string id, IReadOnlyList<string> concepts, IReadOnlyList<string> misconceptions, IReadOnlyList<string> measured, bool shuffles, string body)
    {
        if (Lettered(body) is not { } parts || Items(parts.Explanation) is not { } feedback || feedback.Count != parts.Options.Count)
        {
            return null;
        }

        int[] right = [.. parts.Key.Split(',', StringSplitOptions.TrimEntries).Select(PlaceOf)];
        var options = parts.Options.Select((option, i) => new AnswerOption(
            ((char)('a' + i)).ToString(), option, right.Contains(i), feedback[i], NoneIfEmpty(misconceptions.ElementAtOrDefault(i)), NoneIfEmpty(measured.ElementAtOrDefault(i)))).ToArray();
        return new ChoiceQuestion(options, right.Length > 1, shuffles) { Id = id, Line = 0, Concepts = concepts, Prompt = parts.Prompt };
    }

    /// <summary>A question with things to put in order.</summary>
    public static OrderQuestion? Order(string id, IReadOnlyList<string> concepts, string body)
    {
        if (Lettered(body) is not { } parts)
        {
            return null;
        }

        int[] key = [.. parts.Key.Split('→', StringSplitOptions.TrimEntries).Select(PlaceOf)];
        return key.Order().SequenceEqual(Enumerable.Range(0, parts.Options.Count))
            ? new OrderQuestion([.. key.Select(place => parts.Options[place])], Dedented(parts.Explanation).Trim()) { Id = id, Line = 0, Concepts = concepts, Prompt = parts.Prompt }
            : null;
    }

    /// <summary>A question to be answered in words.</summary>
    public static OpenQuestion? Open(string id, IReadOnlyList<string> concepts, string body)
    {
        Match answer = ModelAnswer.Match(body);
        return answer.Success
            ? new OpenQuestion(new Rubric(id, []), body[(answer.Index + answer.Length)..].Trim('\n')) { Id = id, Line = 0, Concepts = concepts, Prompt = body[..answer.Index].TrimEnd() }
            : null;
    }

    /// <summary>A text and the list items that end it.</summary>
    public static (string Before, IReadOnlyList<string> Items) TrailingItems(string body, int count)
    {
        string[] lines = body.Split('\n');
        int first = lines.Length;
        int found = 0;
        while (first > 0 && found < count)
        {
            first--;
            found += lines[first].StartsWith("- ", StringComparison.Ordinal) ? 1 : 0;
        }

        var items = new List<string>();
        foreach (string line in lines[first..])
        {
            if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                items.Add(line[2..]);
            }
            else if (items.Count > 0)
            {
                items[^1] += "\n" + (line.StartsWith("  ", StringComparison.Ordinal) ? line[2..] : line);
            }
        }

        return (string.Join('\n', lines[..first]).TrimEnd(), items);
    }

    [GeneratedRegex(@"^\*\*(Answer|正解)\*\*: (?<key>[^\n]*)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.RightToLeft, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Answer { get; }

    [GeneratedRegex(@"^\*\*(Model answer|解答例)\*\*:\n", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ModelAnswer { get; }

    [GeneratedRegex(@"^\*\*(Explanation|解説)\*\*:[ \n]?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Explanation { get; }

    [GeneratedRegex(@"^- \((?<letter>[A-L])\) ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Option { get; }

    private static (string Prompt, IReadOnlyList<string> Options, string Key, string Explanation)? Lettered(string body)
    {
        Match answer = Answer.Match(body);
        if (!answer.Success)
        {
            return null;
        }

        string[] before = body[..answer.Index].TrimEnd().Split('\n');
        int first = Array.FindLastIndex(before, line => line.StartsWith("- (A) ", StringComparison.Ordinal));
        string after = body[(answer.Index + answer.Length)..].TrimStart('\n');
        Match label = Explanation.Match(after);
        return first >= 0 && label.Success && Items(string.Join('\n', before[first..])) is { } options
            ? (string.Join('\n', before[..first]).TrimEnd(), options, answer.Groups["key"].Value, after[label.Length..])
            : null;
    }

    private static List<string>? Items(string text)
    {
        var items = new List<string>();
        foreach (string line in text.Split('\n'))
        {
            Match option = Option.Match(line);
            if (option.Success)
            {
                if (OptionLabels.Place(option.Groups["letter"].Value[0]) != items.Count)
                {
                    return null;
                }

                items.Add(line[option.Length..]);
            }
            else if (items.Count == 0)
            {
                return null;
            }
            else if (line.Length == 0 || line.StartsWith("  ", StringComparison.Ordinal))
            {
                items[^1] += "\n" + (line.Length == 0 ? "" : line[2..]);
            }
            else
            {
                return null;
            }
        }

        return [.. items.Select(item => item.TrimEnd())];
    }

    private static string Dedented(string text) => text.Replace("\n  ", "\n", StringComparison.Ordinal);

    private static int PlaceOf(string letter) => letter.Length == 1 ? OptionLabels.Place(letter[0]) : -1;

    private static string? NoneIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
