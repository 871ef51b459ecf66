using System.Text.RegularExpressions;
using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Reads one question of a plain document with what follows it: options, answer, explanation.</summary>
/// <param name="lines">The document's lines.</param>
/// <param name="start">The line with the question's label.</param>
/// <param name="first">What stands behind the label.</param>
/// <param name="language">The language of the document.</param>
/// <param name="notes">What the author should know.</param>
internal sealed class PlainQuestion(IReadOnlyList<string> lines, int start, string first, Language language, ICollection<LocalizedText> notes)
{
    private const int MaximumPrompt = 80;

    private readonly List<string> prompt = [first];
    private readonly List<(string Text, bool IsMarked)> options = [];
    private readonly List<string> explanation = [];
    private string? answer;
    private int at = start + 1;

    /// <summary>Reads it; gives the line behind it.</summary>
    public int Read(out Block question, string id)
    {
        ReadPrompt();
        ReadOptions();
        ReadAnswer();
        question = Made(id);
        return at;
    }

    private static bool IsBlank(string line) => string.IsNullOrWhiteSpace(line);

    private static bool IsBorder(string line) => PlainPatterns.Heading.IsMatch(line) || PlainPatterns.Question.IsMatch(line) || line.Trim() is ['-' or '*' or '_', ..] and { Length: >= 3 } rule && rule.All(c => c is '-' or '*' or '_') || DocumentMarks.Read(line) is not null;

    private static bool IsAnswer(string line) => PlainPatterns.Answer.IsMatch(line) || PlainPatterns.Explanation.IsMatch(line);

    private static bool IsFirstOption(string line) => PlainPatterns.Task.IsMatch(line) || (PlainPatterns.Option.Match(line) is { Success: true } match && OptionLabels.Place(match.Groups["letter"].Value[0]) == 0);

    // the prompt is a paragraph; more belongs to it only if options follow
    private void ReadPrompt()
    {
        int end = at;
        while (end < lines.Count && !IsBlank(lines[end]) && !IsBorder(lines[end]) && !IsAnswer(lines[end]) && !IsFirstOption(lines[end]))
        {
            end++;
        }

        if (first.Trim().Length == 0 && end == at)
        {
            end = AfterParagraph(SkipBlank(at));
        }

        int reach = end;
        var fence = new FenceState();
        for (int i = end; i < Math.Min(lines.Count, end + MaximumPrompt); i++)
        {
            if (fence.Take(lines[i]))
            {
                continue;
            }

            if (IsBorder(lines[i]) || IsAnswer(lines[i]))
            {
                break;
            }

            if (IsFirstOption(lines[i]) && HasSecond(i))
            {
                reach = i;
                break;
            }
        }

        for (; at < reach; at++)
        {
            prompt.Add(lines[at]);
        }
    }

    private int AfterParagraph(int from)
    {
        while (from < lines.Count && !IsBlank(lines[from]) && !IsBorder(lines[from]) && !IsAnswer(lines[from]) && !IsFirstOption(lines[from]))
        {
            from++;
        }

        return from;
    }

    private int SkipBlank(int from)
    {
        while (from < lines.Count && IsBlank(lines[from]))
        {
            from++;
        }

        return from;
    }

    private bool HasSecond(int from)
    {
        if (PlainPatterns.Option.Match(lines[from]) is { Success: true } first && PlainPatterns.NextOption.IsMatch(first.Groups["text"].Value))
        {
            return true;
        }

        for (int i = from + 1; i < Math.Min(lines.Count, from + 12); i++)
        {
            if (PlainPatterns.Task.IsMatch(lines[i]) || (PlainPatterns.Option.Match(lines[i]) is { Success: true } match && OptionLabels.Place(match.Groups["letter"].Value[0]) == 1))
            {
                return true;
            }
        }

        return false;
    }

    private void ReadOptions()
    {
        int from = SkipBlank(at);
        if (from >= lines.Count || !IsFirstOption(lines[from]) || !HasSecond(from))
        {
            return;
        }

        at = from;
        while (at < lines.Count && options.Count < OptionLabels.Maximum)
        {
            int next = SkipBlank(at);
            if (next < lines.Count && TakeOption(lines[next]))
            {
                at = next + 1;
            }
            else if (options.Count > 0 && at < lines.Count && !IsBlank(lines[at]) && !IsBorder(lines[at]) && !IsAnswer(lines[at]))
            {
                options[^1] = (options[^1].Text + "\n" + lines[at].Trim(), options[^1].IsMarked);
                at++;
            }
            else
            {
                break;
            }
        }
    }

    private bool TakeOption(string line)
    {
        if (PlainPatterns.Task.Match(line) is { Success: true } task)
        {
            options.Add((WithoutLetter(task.Groups["text"].Value), task.Groups["mark"].Value != " "));
            return true;
        }

        Match option = PlainPatterns.Option.Match(line);
        if (!option.Success || OptionLabels.Place(option.Groups["letter"].Value[0]) != options.Count)
        {
            return false;
        }

        string[] parts = PlainPatterns.NextOption.Split(option.Groups["text"].Value);
        options.Add((parts[0].Trim(), false));
        foreach (string part in parts[1..])
        {
            Match further = PlainPatterns.Option.Match(part);
            if (further.Success && options.Count < OptionLabels.Maximum && OptionLabels.Place(further.Groups["letter"].Value[0]) == options.Count)
            {
                options.Add((further.Groups["text"].Value.Trim(), false));
            }
            else
            {
                options[^1] = ($"{options[^1].Text} {part}", options[^1].IsMarked);
            }
        }

        return true;
    }

    private string WithoutLetter(string text) => PlainPatterns.Option.Match(text) is { Success: true } match && OptionLabels.Place(match.Groups["letter"].Value[0]) == options.Count ? match.Groups["text"].Value : text;

    private void ReadAnswer()
    {
        while (SkipBlank(at) is var from && from < lines.Count)
        {
            Match given = PlainPatterns.Answer.Match(lines[from]);
            Match why = PlainPatterns.Explanation.Match(lines[from]);
            if (given.Success && answer is null)
            {
                answer = Paragraph(given.Groups["rest"].Value, from + 1);
            }
            else if (why.Success)
            {
                explanation.Add(Paragraph(why.Groups["rest"].Value, from + 1));
            }
            else
            {
                return;
            }
        }
    }

    private string Paragraph(string begun, int from)
    {
        var text = new List<string> { begun };
        at = begun.Trim().Length == 0 ? SkipBlank(from) : from;
        while (at < lines.Count && !IsBlank(lines[at]) && !IsBorder(lines[at]) && !IsAnswer(lines[at]))
        {
            text.Add(lines[at++]);
        }

        return string.Join('\n', text).Trim();
    }

    private Block Made(string id)
    {
        string asked = SafeText.Of(string.Join('\n', prompt).Trim());
        string why = string.Join("\n\n", explanation);
        return options.Count < 2 ? Open(id, asked, why) : Lettered(id, asked, why);
    }

    private OpenQuestion Open(string id, string asked, string why)
    {
        string model = string.Join("\n\n", new[] { answer ?? "", why }.Where(part => part.Length > 0));
        return new OpenQuestion(new Rubric(id, []), model.Length > 0 ? SafeText.Of(model) : "") { Id = id, Line = 0, Concepts = [], Prompt = asked.Length > 0 ? asked : Missing };
    }

    private Block Lettered(string id, string asked, string why)
    {
        string prompted = asked.Length > 0 ? asked : Missing;
        var right = new HashSet<int>(options.Select((option, i) => (option, i)).Where(entry => entry.option.IsMarked).Select(entry => entry.i));
        string left = answer ?? "";
        if (answer is not null && PlainPatterns.Key.Match(answer) is { Success: true } key)
        {
            string letters = key.Groups["keys"].Value;
            int[] places = [.. letters.Where(c => OptionLabels.Place(c) >= 0 && !IsWord(letters, c)).Select(OptionLabels.Place)];
            bool isOrder = key.Groups["sep"].Captures.Any(separator => separator.Value is "→" or "->" or ">" or "⇒");
            if (isOrder && options.Count >= 3 && places.Order().SequenceEqual(Enumerable.Range(0, options.Count)))
            {
                string feedback = string.Join("\n\n", new[] { key.Groups["rest"].Value, why }.Where(part => part.Length > 0));
                return new OrderQuestion([.. places.Select(place => Option(place))], feedback.Length > 0 ? SafeText.Of(feedback) : "") { Id = id, Line = 0, Concepts = [], Prompt = prompted };
            }

            if (!isOrder && Array.TrueForAll(places, place => place < options.Count))
            {
                right.UnionWith(places);
                left = key.Groups["rest"].Value + answer[(key.Index + key.Length)..];
            }
        }
        else if (answer is not null && options.FindIndex(option => string.Equals(option.Text, answer.Trim(), StringComparison.Ordinal)) is >= 0 and var same)
        {
            right.Add(same);
            left = "";
        }

        string said = string.Join("\n\n", new[] { left.Trim(), why }.Where(part => part.Length > 0));
        if (right.Count == 0 && said.Length > 0)
        {
            notes.Add(new LocalizedText($"{id}: the answer names no option by its letter; it stands as the first option's feedback.", $"{id}: 解答が選択肢の記号を示していないため、最初の選択肢のフィードバックに置きました。"));
        }

        // what is said of the answer is said of the right option
        int told = right.Count > 0 ? right.Min() : 0;
        AnswerOption[] made = [.. options.Select((_, i) => new AnswerOption(
            ((char)('a' + i)).ToString(), Option(i), right.Contains(i), i == told && said.Length > 0 ? SafeText.Of(said) : "", null, null))];
        return new ChoiceQuestion(made, right.Count > 1, true) { Id = id, Line = 0, Concepts = [], Prompt = prompted };
    }

    private string Option(int place) => SafeText.Of(options[place].Text);

    private string Missing => language == Language.Japanese ? $"{SessionWriter.Mark}: 問いの文" : $"{SessionWriter.Mark}: the question";

    // the letters of “and” name no options
    private static bool IsWord(string letters, char letter) => letters.Contains("and", StringComparison.Ordinal) && letter is 'a' or 'd' && letters.IndexOf(letter, StringComparison.Ordinal) >= letters.IndexOf("and", StringComparison.Ordinal);
}
