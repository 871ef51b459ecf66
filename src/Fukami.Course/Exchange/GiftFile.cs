using System.Globalization;
using System.Text;
using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Questions in GIFT, the text format of Moodle and others. See docs/course-exchange.md.</summary>
public static class GiftFile
{
    private const string Newline = @"\n";

    /// <summary>Writes a session's questions. Numbers are drawn once; predictions, which only an experiment answers, are left out.</summary>
    /// <param name="session">The session.</param>
    /// <param name="seed">What is drawn follows from it.</param>
    public static string Write(Session session, ulong seed = 1)
    {
        var text = new StringBuilder();
        foreach (Section section in session.Sections)
        {
            Question[] questions = [.. section.Blocks.OfType<Question>().Where(question => question is not PredictQuestion)];
            if (questions.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"$CATEGORY: {OneLine(session.Title)}/{OneLine(section.Title)}\n\n");
            }

            foreach (Question question in questions)
            {
                text.Append(Of(question, seed, session.Language)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Reads questions as a session, and says what could not be expressed.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="name">Its name, for sentences.</param>
    /// <param name="language">Its language; found out if not given.</param>
    /// <param name="id">The session's id; made from the name if not given.</param>
    /// <exception cref="CourseException">It is no GIFT.</exception>
    public static ImportedSession Import(ReadOnlySpan<byte> bytes, string name, Language? language = null, string? id = null) =>
        new GiftSession(name, DocumentText.Of(bytes, name), language).Read(id);

    /// <summary>One question.</summary>
    internal static string Of(Question question, ulong seed, Language language)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"// fukami: {SessionWriter.InComment(Data(question))}\n");
        QuestionView view = QuestionView.Of(question, seed);
        text.Append(CultureInfo.InvariantCulture, $"::{question.Id}::[markdown]{Escape(view.Prompt)} {{");
        switch (question)
        {
            case ChoiceQuestion choice:
                WriteOptions(text, choice);
                break;
            case NumberQuestion number:
                WriteNumber(text, number, view, language);
                break;
            case OrderQuestion order:
                text.Append('\n').AppendJoin("", order.Items.Select((item, i) => string.Create(CultureInfo.InvariantCulture, $"={i + 1} -> {Escape(item)}\n"))).Append(CultureInfo.InvariantCulture, $"####{Escape(order.Feedback)}\n");
                break;
            case OpenQuestion open:
                text.Append(CultureInfo.InvariantCulture, $"####{Escape(open.ModelAnswer)}");
                break;
            default:
                throw new ArgumentException($"GIFT has no question of kind {question.GetType().Name}.", nameof(question));
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>A text in which no character is a sign of GIFT's.</summary>
    internal static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (char c in text)
        {
            switch (c)
            {
                case '\n':
                    escaped.Append(Newline);
                    break;
                case '~' or '=' or '#' or '{' or '}' or ':' or '\\':
                    escaped.Append('\\').Append(c);
                    break;
                default:
                    escaped.Append(c);
                    break;
            }
        }

        return escaped.ToString();
    }

    private static string OneLine(string title) => title.Replace('\n', ' ').Replace("/", "//", StringComparison.Ordinal);

    private static object Data(Question question) => question switch
    {
        ChoiceQuestion choice => new { question.Concepts, misconceptions = choice.Options.Select(option => option.Misconception), measured = choice.Options.Select(option => option.Measured), choice.Shuffles },
        NumberQuestion => new { question.Concepts, source = SessionWriter.Block(question) },
        _ => new { question.Concepts },
    };

    private static void WriteOptions(StringBuilder text, ChoiceQuestion choice)
    {
        int right = choice.Options.Count(option => option.IsRight);
        text.Append('\n');
        foreach (AnswerOption option in choice.Options)
        {
            // a wrong tick costs what it would earn if all wrong ones together took everything away
            string mark = choice.IsMultiple
                ? string.Create(CultureInfo.InvariantCulture, $"~%{(option.IsRight ? 100.0 / right : -100.0 / Math.Max(1, choice.Options.Count - right)):0.#####}%")
                : option.IsRight ? "=" : "~";
            text.Append(CultureInfo.InvariantCulture, $"{mark}{Escape(option.Text)}#{Escape(option.Feedback)}\n");
        }
    }

    private static void WriteNumber(StringBuilder text, NumberQuestion number, QuestionView view, Language language)
    {
        NumberCase drawn = view.Number!;
        string tolerance = number.Tolerance.ToString("0.######", CultureInfo.InvariantCulture);
        text.Append(CultureInfo.InvariantCulture, $"#\n={drawn.Key:0.######}:{tolerance}\n");
        foreach (NumberMistake mistake in drawn.Mistakes)
        {
            string said = language == Language.Japanese ? $"誤解 {mistake.Misconception}" : $"Misconception {mistake.Misconception}";
            text.Append(CultureInfo.InvariantCulture, $"=%0%{mistake.Value:0.######}:{tolerance}#{Escape(said)}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"####{Escape(QuestionView.Fill(number.Explanation, drawn.Names))}\n");
    }
}
