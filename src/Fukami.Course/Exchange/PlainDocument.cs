using System.Globalization;
using System.Text.RegularExpressions;
using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Reads plain lines as a session: title, metadata, sections, questions; whatever is nothing else stays text, so that no sentence is lost.</summary>
/// <param name="language">The language of the document.</param>
/// <param name="notes">What the author should know.</param>
internal sealed class PlainDocument(Language language, ICollection<LocalizedText> notes)
{
    private static readonly (SectionRole Role, string[] Words)[] Roles =
    [
        (SectionRole.Homework, ["宿題", "課題", "ホームワーク", "homework", "assignment"]),
        (SectionRole.Preview, ["次回", "次のステップ", "next session", "next step", "next time", "next lesson", "what's next", "coming up"]),
        (SectionRole.Feedback, ["フィードバック", "感想", "ふりかえり", "振り返り", "feedback", "reflection"]),
    ];

    private static readonly (string Id, string[] Words)[] Prompts =
    [
        ("wish", ["次回", "希望", "要望", "リクエスト", "next session", "wish", "want", "next time"]),
        ("doubt", ["疑問", "不明", "わから", "分から", "もやもや", "納得", "doubt", "unclear", "confus", "question"]),
        ("insight", ["気づ", "気付", "ひらめ", "腑に落ち", "なるほど", "発見", "印象", "insight", "aha", "clicked", "learn", "moment"]),
    ];

    private readonly BlockIds ids = new();
    private readonly List<SectionInMaking> sections = [];
    private string? title;
    private int number;
    private string goal = "";
    private int minutes;
    private int questions;
    private bool hasHeadings;
    private bool hasMetadata;

    /// <summary>Whether a text would be read as more than text.</summary>
    public static bool HasStructure(string markdown)
    {
        var fence = new FenceState();
        foreach (string line in markdown.Split('\n'))
        {
            if (!fence.Take(line) && (IsHeading(line, out int level, out _) && level <= 2 || RoleOf(line) != SectionRole.None || PlainPatterns.Question.IsMatch(line) || DocumentMarks.Read(line) is not null))
            {
                return true;
            }
        }

        return fence.Closing.Length > 0 || !string.Equals(SafeText.Of(markdown), markdown, StringComparison.Ordinal);
    }

    /// <summary>Begins a section.</summary>
    public void Begin(string heading, string id, double sectionMinutes)
    {
        hasHeadings = true;
        sections.Add(new SectionInMaking(ids.Of(id.Length > 0 ? id : heading, string.Create(CultureInfo.InvariantCulture, $"section-{sections.Count + 1}")), heading, sectionMinutes, SectionRole.None));
    }

    /// <summary>Adds a block that is known; text takes its id from its place.</summary>
    public void Add(Block block)
    {
        if (block is TextBlock text)
        {
            AddText(text.Markdown);
            return;
        }

        questions += block is Question ? 1 : 0;
        Current.Blocks.Add(block with { Id = ids.Unique(block.Id) });
    }

    /// <summary>Adds text.</summary>
    public void AddText(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        string safe = SafeText.Of(text);
        if (Current.Blocks is [.., TextBlock before])
        {
            Current.Blocks[^1] = before with { Markdown = $"{before.Markdown}\n\n{safe}" };
        }
        else
        {
            Current.Blocks.Add(new TextBlock(safe) { Id = "", Line = 0 });
        }
    }

    /// <summary>Reads lines.</summary>
    public void Take(IReadOnlyList<string> lines)
    {
        var text = new List<string>();
        var fence = new FenceState();
        for (int i = 0; i < lines.Count; i++)
        {
            string line = lines[i];
            if (fence.Take(line))
            {
                text.Add(line);
                continue;
            }

            if (IsQuestion(line, out string first))
            {
                Flush(text);
                i = new PlainQuestion(lines, i, first, language, notes).Read(out Block question, string.Create(CultureInfo.InvariantCulture, $"q{questions + 1}")) - 1;
                Add(question);
                if (questions > SessionDocument.MaximumQuestions)
                {
                    throw new CourseException(new LocalizedText($"The document asks more than {SessionDocument.MaximumQuestions} questions; split it into sessions.", $"問いが {SessionDocument.MaximumQuestions} 個を超えています。セッションごとに分けてください。"));
                }

                continue;
            }

            int level;
            string heading;
            if (IsHeading(line, out level, out heading))
            {
                // nothing more to find out
            }
            else if (i + 1 < lines.Count && IsUnderlined(lines, i, out level))
            {
                heading = line.Trim();
                i++;
            }

            if (level == 0)
            {
                ReadMetadata(line);
                text.Add(line);
                continue;
            }

            hasHeadings = true;
            SectionRole role = RoleOfTitle(heading);
            if (level == 1 && title is null && sections.TrueForAll(section => section.IsOpening))
            {
                ReadTitle(heading);
            }
            else if (level <= 2 || (role != SectionRole.None && level == 3))
            {
                Flush(text);
                sections.Add(new SectionInMaking(ids.Of(heading, string.Create(CultureInfo.InvariantCulture, $"section-{sections.Count + 1}")), heading, MinutesIn(heading), role));
            }
            else
            {
                text.Add(line);
            }
        }

        Flush(text);
    }

    /// <summary>The session.</summary>
    /// <param name="name">The file's name, for sentences.</param>
    /// <exception cref="CourseException">Nothing in it looks like a session.</exception>
    public Session Finish(string name)
    {
        if (!hasHeadings && questions == 0 && !hasMetadata)
        {
            throw new CourseException(new LocalizedText(
                $"{name} has no heading, no metadata and no question, so it is no session document; see docs/course-exchange.md for what is read.",
                $"{name} には見出しも情報欄も問いもないため、セッションの文書として読めません。読める形式は docs/course-exchange.md を見てください。"));
        }

        if (questions == 0)
        {
            notes.Add(new LocalizedText("The document asks no question that could be recognized; questions begin with **Q1**: or the like.", "問いと認識できるものがありませんでした。問いは **Q1**: のような形で始めてください。"));
        }
        else if (questions > 40)
        {
            notes.Add(new LocalizedText($"{questions} questions are more than a session of an hour holds; split it.", $"問いが {questions} 個あり、1 時間のセッションには収まりません。分けることをすすめます。"));
        }

        string made = title ?? sections.FirstOrDefault(section => !section.IsOpening)?.Title ?? Path.GetFileNameWithoutExtension(name);
        string slug = BlockIds.Slug(made);
        string id = slug.Length > 2 ? slug : number > 0 ? string.Create(CultureInfo.InvariantCulture, $"session-{number}") : "session";
        return new Session(id, number, language, made, goal, minutes, [], [.. sections.Select(section => section.Made())]);
    }

    private SectionInMaking Current
    {
        get
        {
            if (sections.Count == 0)
            {
                sections.Add(new SectionInMaking(ids.Unique("opening"), language == Language.Japanese ? "はじめに" : "Where we start", 0, SectionRole.None) { IsOpening = true });
            }

            return sections[^1];
        }
    }

    internal static (string? Id, string Text) PromptOf(string text)
    {
        string lower = text.ToLowerInvariant();
        foreach ((string id, string[] words) in Prompts)
        {
            if (words.Any(word => lower.Contains(word, StringComparison.Ordinal)))
            {
                return (id, text);
            }
        }

        return (null, text);
    }

    private static bool IsHeading(string line, out int level, out string heading)
    {
        Match match = line.Contains('#', StringComparison.Ordinal) ? PlainPatterns.Heading.Match(line) : Match.Empty;
        (level, heading) = match.Success && match.Groups["title"].Length > 0 ? (match.Groups["level"].Length, match.Groups["title"].Value) : (0, "");
        return level > 0;
    }

    private static bool IsUnderlined(IReadOnlyList<string> lines, int at, out int level)
    {
        string under = lines[at + 1].Trim();
        string line = lines[at];
        bool isAlone = at == 0 || string.IsNullOrWhiteSpace(lines[at - 1]);
        level = under.Length < 2 || string.IsNullOrWhiteSpace(line) || !isAlone || line.TrimStart() is ['-' or '*' or '>' or '|' or '+' or '_' or '#', ..] ? 0
            : under.All(c => c == '=') ? 1
            : under.Length > 2 && under.All(c => c == '-') ? 2
            : 0;
        return level > 0;
    }

    private static bool IsQuestion(string line, out string rest)
    {
        Match match = PlainPatterns.Question.Match(line);
        rest = "";
        if (!match.Success)
        {
            return false;
        }

        rest = match.Groups["rest"].Value;
        if (match.Groups["bold"].Success && !match.Groups["closed"].Success && rest.TrimEnd().EndsWith(match.Groups["bold"].Value, StringComparison.Ordinal) && Count(rest, match.Groups["bold"].Value) % 2 == 1)
        {
            rest = rest.TrimEnd()[..^2]; // the whole question was bold
        }

        return true;
    }

    private static int Count(string text, string part) => (text.Length - text.Replace(part, "", StringComparison.Ordinal).Length) / part.Length;

    private static SectionRole RoleOf(string line) => IsHeading(line, out int level, out string heading) && level <= 3 ? RoleOfTitle(heading) : SectionRole.None;

    private static SectionRole RoleOfTitle(string heading)
    {
        string lower = heading.ToLowerInvariant();
        return Roles.FirstOrDefault(entry => entry.Words.Any(word => lower.Contains(word, StringComparison.Ordinal))).Role;
    }

    private static double MinutesIn(string heading) => PlainPatterns.HeadingMinutes.Match(heading) is { Success: true } match ? PlainPatterns.Whole(match.Groups["minutes"].Value) : 0;

    private void ReadTitle(string heading)
    {
        Match match = PlainPatterns.SessionNumber.Match(heading);
        number = match.Success ? PlainPatterns.Whole(match.Groups["number"].Value) : 0;
        // what stands before the number is part of the title too, if it is more than a sign
        bool isWhole = !match.Success || match.Groups["title"].Length == 0 || heading[..match.Index].Any(char.IsLetterOrDigit);
        title = isWhole ? heading : match.Groups["title"].Value;
    }

    private void ReadMetadata(string line)
    {
        if (hasHeadings && sections.Exists(section => !section.IsOpening) || PlainPatterns.Metadata.Match(line) is not { Success: true } match)
        {
            return;
        }

        hasMetadata = true;
        string key = match.Groups["key"].Value.ToLowerInvariant();
        string value = match.Groups["value"].Value;
        if (goal.Length == 0 && (Has(key, "目標", "ゴール", "ねらい", "目的", "goal", "objective", "aim")))
        {
            goal = value;
        }
        else if (minutes == 0 && Has(key, "時間", "minutes", "duration", "time", "length"))
        {
            minutes = PlainPatterns.MinutesOf(value);
        }
        else if (number == 0 && Has(key, "session", "セッション", "回"))
        {
            number = PlainPatterns.Whole(new string([.. value.Where(char.IsDigit).Take(3)]));
        }

        static bool Has(string key, params string[] words) => words.Any(word => key.Contains(word, StringComparison.Ordinal));
    }

    private void Flush(List<string> text)
    {
        AddText(string.Join('\n', text));
        text.Clear();
    }
}
