using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Fukami.Course;

/// <summary>Writes a session in the course's own format; what is not known is marked so that the check finds it. See docs/course-format.md.</summary>
internal static class SessionWriter
{
    /// <summary>What marks a place that the author has to fill in.</summary>
    public const string Mark = "TODO(author)";

    private const string Unknown = "TODO";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Guarded = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The file.</summary>
    public static string Write(Session session)
    {
        var text = new StringBuilder();
        text.Append("---\n");
        text.Append(CultureInfo.InvariantCulture, $"session: {(session.Number > 0 ? session.Number.ToString(CultureInfo.InvariantCulture) : Unknown)}\n");
        text.Append(CultureInfo.InvariantCulture, $"id: {session.Id}\n");
        text.Append(CultureInfo.InvariantCulture, $"title: {Quoted(session.Title)}\n");
        text.Append(CultureInfo.InvariantCulture, $"goal: {Quoted(session.Goal.Length > 0 ? session.Goal : $"{Mark}: goal")}\n");
        text.Append(CultureInfo.InvariantCulture, $"minutes: {(session.Minutes > 0 ? session.Minutes.ToString(CultureInfo.InvariantCulture) : Unknown)}\n");
        text.Append(CultureInfo.InvariantCulture, $"concepts: {Concepts(session.Concepts)}\n---\n");
        foreach (Section section in session.Sections)
        {
            string minutes = section.Minutes > 0 ? section.Minutes.ToString(CultureInfo.InvariantCulture) : Unknown;
            text.Append(CultureInfo.InvariantCulture, $"\n## {section.Title} {{#{section.Id} minutes={minutes}}}\n");
            foreach (Block block in section.Blocks)
            {
                text.Append('\n').Append(Block(block)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>One block.</summary>
    public static string Block(Block block) => block switch
    {
        TextBlock text => text.Markdown,
        ExperimentBlock experiment => Container("experiment", block.Id, Data([("run", experiment.Experiment), ("preset", experiment.Preset), ("set", experiment.Settings), ("expect", experiment.Expect)]), experiment.Markdown),
        FigureBlock figure => Container("figure", block.Id, Data([("draw", figure.Draw), ("with", figure.Arguments)]), figure.Caption),
        ApplyBlock apply => Container("apply", block.Id, "", apply.Markdown),
        HomeworkBlock homework => Container("homework", block.Id, "", homework.Markdown),
        PreviewBlock preview => Container("preview", block.Id, "", preview.Markdown),
        FeedbackBlock feedback => Container("feedback", block.Id, Feedback(feedback), feedback.Markdown),
        WhenBlock shown => Container(
            "when",
            $"{block.Id} concept={shown.Concept} state={string.Join(',', shown.States.Select(state => state.Name()))}{(shown.Misconception is { } misconception ? $" misconception={misconception}" : "")}",
            "",
            string.Join("\n\n", shown.Blocks.Select(Block))),
        PredictQuestion predict => Container(
            "predict",
            block.Id,
            Data([("concepts", predict.Concepts), ("experiment", predict.Experiment), ("claim", predict.Claim), ("subject", predict.Subject), ("factor", Positive(predict.Factor)), ("tolerance", Positive(predict.Tolerance)), ("unit", predict.Unit)]),
            predict.Prompt),
        NumberQuestion number => Container(
            "number",
            block.Id,
            Data([("concepts", number.Concepts), ("generator", number.Generator), ("with", number.Arguments), ("tolerance", Positive(number.Tolerance))]),
            number.Prompt + Inner("explanation", number.Explanation)),
        OpenQuestion open => Container("open", block.Id, Data([("concepts", open.Concepts)]), open.Prompt + Inner("answer", open.ModelAnswer.Length > 0 ? open.ModelAnswer : $"{Mark}: model answer, and rubrics/{open.Id}.yaml")),
        OrderQuestion order => Container("order", block.Id, Data([("concepts", order.Concepts)]), $"{order.Prompt}\n\n{Items(order)}\n\n{Quote(order.Feedback.Length > 0 ? order.Feedback : $"{Mark}: why this is the order")}"),
        ChoiceQuestion choice => Container(
            "choice",
            block.Id,
            Data([
                ("concepts", choice.Concepts),
                ("misconceptions", choice.Options.Where(option => option.Misconception is not null).ToDictionary(option => option.Id, option => option.Misconception!, StringComparer.Ordinal)),
                ("measured", choice.Options.Where(option => option.Measured is not null).ToDictionary(option => option.Id, option => option.Measured!, StringComparer.Ordinal)),
                ("shuffle", choice.Shuffles ? null : "false"),
            ]),
            $"{choice.Prompt}\n\n{Options(choice)}"),
        _ => throw new ArgumentException($"There is no way to write a block of kind {block.GetType().Name}.", nameof(block)),
    };

    /// <summary>A value as JSON, which is also sound YAML.</summary>
    public static string Quoted<T>(T value) => JsonSerializer.Serialize(value, Plain);

    /// <summary>A value as JSON in which nothing ends a comment.</summary>
    public static string InComment<T>(T value) => JsonSerializer.Serialize(value, Guarded);

    /// <summary>A text behind a list's mark: its further lines indented.</summary>
    public static string Indented(string text, int columns) => text.Replace("\n", "\n" + new string(' ', columns), StringComparison.Ordinal);

    private static string Concepts(IReadOnlyList<string> concepts) => concepts.Count > 0 ? $"[{string.Join(", ", concepts)}]" : $"[{Unknown}]";

    private static string? Positive(double number) => number > 0 ? number.ToString("R", CultureInfo.InvariantCulture) : null;

    private static string Data(IReadOnlyList<(string Key, object? Value)> entries)
    {
        var text = new StringBuilder("```yaml\n");
        foreach ((string key, object? value) in entries)
        {
            string? written = value switch
            {
                IReadOnlyList<string> concepts => Concepts(concepts),
                IReadOnlyDictionary<string, string> { Count: 0 } => null,
                IReadOnlyDictionary<string, string> map => $"{{{string.Join(", ", map.Select(entry => $"{Quoted(entry.Key)}: {Quoted(entry.Value)}"))}}}",
                string scalar => Quoted(scalar),
                _ => null,
            };
            if (written is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $"{key}: {written}\n");
            }
        }

        return text.Append("```\n").ToString();
    }

    private static string Feedback(FeedbackBlock feedback)
    {
        var text = new StringBuilder("```yaml\nprompts:\n");
        if (feedback.Prompts.Count == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  # {Mark}: insight, doubt, wish\n");
        }

        foreach (FeedbackPrompt prompt in feedback.Prompts)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {prompt.Id}: {Quoted(prompt.Text)}\n");
        }

        return text.Append("```\n").ToString();
    }

    private static string Inner(string kind, string body) => $"\n\n{Colons(3, body)}{kind}\n{body}\n{Colons(3, body)}";

    private static string Container(string kind, string head, string data, string body)
    {
        string colons = Colons(3, body);
        return $"{colons}{kind} {{#{head}}}\n{data}{body}{(body.Length > 0 ? "\n" : "")}{colons}";
    }

    // a container ends at the first line with as many colons, even within code
    private static string Colons(int least, string body)
    {
        int most = least - 1;
        foreach (string line in body.Split('\n'))
        {
            ReadOnlySpan<char> rest = line.AsSpan().TrimStart();
            int count = rest.Length - rest.TrimStart(':').Length;
            most = Math.Max(most, count);
        }

        return new string(':', most + 1);
    }

    // two lists of one kind that follow one another would be one
    private static string Options(ChoiceQuestion choice)
    {
        char bullet = choice.Prompt.Split('\n').Any(line => line.TrimStart().StartsWith("- ", StringComparison.Ordinal)) ? '*' : '-';
        return string.Join('\n', choice.Options.Select(option =>
        {
            string feedback = option.Feedback.Length > 0 ? option.Feedback : $"{Mark}: right or wrong, and why";
            return $"{bullet} [{(option.IsRight ? 'x' : ' ')}] {Indented(option.Text, 2)}\n  {Indented(Quote(feedback), 2)}";
        }));
    }

    private static string Items(OrderQuestion order)
    {
        char mark = order.Prompt.Split('\n').Any(line => line.TrimStart() is [>= '0' and <= '9', '.', ..]) ? ')' : '.';
        return string.Join('\n', order.Items.Select((item, i) =>
        {
            string label = string.Create(CultureInfo.InvariantCulture, $"{i + 1}{mark} ");
            return label + Indented(item, label.Length);
        }));
    }

    private static string Quote(string text) => "> " + text.Replace("\n", "\n> ", StringComparison.Ordinal);
}
