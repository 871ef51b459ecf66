using System.Globalization;
using System.Text;
using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Writes a session as a plain document.</summary>
/// <param name="session">The session.</param>
/// <param name="concepts">The names of concepts and misconceptions.</param>
/// <param name="copy">For whom; none for nobody in particular.</param>
internal sealed class DocumentWriter(Session session, ConceptMap concepts, PersonalCopy? copy)
{
    private readonly StringBuilder text = new();
    private readonly PersonalText personal = new(session, concepts, copy);
    private int questions;

    /// <summary>The document.</summary>
    public string Write()
    {
        Line($"# {(session.Number > 0 ? Say($"Session {session.Number}: ", $"第{session.Number}回：") : "")}{session.Title}");
        Line(DocumentMarks.Begin("session", new { session.Id, session.Number, session.Title, session.Goal, session.Minutes, language = session.Language == Language.Japanese ? "ja" : "en", session.Concepts }));
        Line(DocumentMarks.Shown);
        Line(string.Join("  \n", personal.Opening().Select(entry => $"**{entry.Label}**: {entry.Value}")));
        Line(DocumentMarks.End);
        foreach (Section section in session.Sections)
        {
            Line(DocumentMarks.Begin("section", new { section.Id, section.Title, section.Minutes }));
            string minutes = section.Minutes.ToString(CultureInfo.InvariantCulture);
            Line($"## {section.Title}{Say($" ({minutes} min)", $"（{minutes}分）")}");
            foreach (Block block in section.Blocks)
            {
                Write(block);
            }
        }

        return text.ToString();
    }

    /// <summary>The command that runs an experiment as a lesson does.</summary>
    public static string CommandOf(ExperimentBlock experiment) =>
        $"fukami experiment run {experiment.Experiment}{(experiment.Preset is { } preset ? $" --preset {preset}" : "")}{string.Concat(experiment.Settings.Select(setting => $" --set {setting.Key}={setting.Value}"))}";

    private void Write(Block block)
    {
        string source = SessionWriter.Block(block);
        if (block is WhenBlock hidden && !personal.Shows(hidden))
        {
            Sourced(source, "");
        }
        else if (block is NumberQuestion or PredictQuestion || source.Contains("{{", StringComparison.Ordinal))
        {
            Sourced(source, Shown(block));
        }
        else if (block is TextBlock plain)
        {
            WriteText(plain);
        }
        else
        {
            Line(DocumentMarks.Begin(Kind(block), Data(block)));
            Heading(block);
            if (block is WhenBlock shown)
            {
                foreach (Block inner in shown.Blocks)
                {
                    Write(inner);
                }
            }
            else
            {
                Line(Body(block));
            }

            Line(DocumentMarks.End);
        }

        Behind(block);
    }

    // text that would be taken for more than text is marked as what it is
    private void WriteText(TextBlock block)
    {
        bool isMarked = PlainDocument.HasStructure(block.Markdown);
        if (isMarked)
        {
            Line(DocumentMarks.Begin("text", new { }));
        }

        Line(block.Markdown);
        if (isMarked)
        {
            Line(DocumentMarks.End);
        }
    }

    private void Sourced(string source, string shown)
    {
        Line(DocumentMarks.Begin("block", new { source, shown = DocumentMarks.Sum(shown) }));
        Line(shown);
        Line(DocumentMarks.End);
    }

    private string Shown(Block block) => block switch
    {
        WhenBlock shown => string.Join("\n\n", shown.Blocks.Select(inner => personal.Fill(Body(inner), shown))),
        NumberQuestion number => ShownNumber(number),
        PredictQuestion predict => $"{Label()}{personal.Fill(predict.Prompt)}\n\n{Say($"({predict.Unit})", $"（{predict.Unit}）")}",
        _ => personal.Fill(Body(block)),
    };

    private string ShownNumber(NumberQuestion number)
    {
        QuestionView view = personal.View(number);
        string key = view.Number!.Key.ToString("0.####", CultureInfo.InvariantCulture);
        return $"{Label()}{view.Prompt}\n\n**{Say("Answer", "正解")}**: {key}\n\n**{Say("Explanation", "解説")}**: {QuestionView.Fill(number.Explanation, view.Number.Names)}";
    }

    private void Heading(Block block)
    {
        string? heading = block switch
        {
            PreviewBlock => Say("Next session", "次回予告"),
            HomeworkBlock => Say("Homework", "宿題"),
            FeedbackBlock => Say("Feedback", "フィードバック"),
            ExperimentBlock experiment => $"**{Say("Experiment", "実験")}**: `{CommandOf(experiment)}`",
            WhenBlock conditional when copy is null => Say(
                $"*For whom “{Title(conditional.Concept)}” is {States(conditional)}:*",
                $"*「{Title(conditional.Concept)}」が {States(conditional)} の人へ:*"),
            _ => null,
        };
        if (heading is not null)
        {
            Line(DocumentMarks.Shown);
            Line(block is ExperimentBlock or WhenBlock ? heading : $"### {heading}");
            Line(DocumentMarks.End);
        }
    }

    // what the learner answered or measured stands behind the block
    private void Behind(Block block)
    {
        string? said = block switch
        {
            Question question => personal.Answer(question) is { } answer ? $"> **{Say("Your answer", "あなたの回答")}**: {answer}" : null,
            ExperimentBlock experiment => personal.Figures(experiment) is { Count: > 0 } figures
                ? $"**{Say("You measured", "あなたの測定値")}**:\n\n{string.Join('\n', figures.Select(figure => $"- {figure.Claim}: {figure.Value}"))}"
                : null,
            FeedbackBlock feedback => personal.Feedback(feedback) is { Count: > 0 } given ? string.Join("\n", given.Select(line => $"> {line}")) : null,
            _ => null,
        };
        if (said is not null)
        {
            Line(DocumentMarks.Shown);
            Line(said);
            Line(DocumentMarks.End);
        }
    }

    private string Body(Block block) => block switch
    {
        TextBlock plain => plain.Markdown,
        ExperimentBlock experiment => experiment.Markdown,
        FigureBlock figure => $"**{Say("Figure", "図")}**: {figure.Caption}",
        ApplyBlock apply => apply.Markdown,
        HomeworkBlock homework => homework.Markdown,
        PreviewBlock preview => preview.Markdown,
        FeedbackBlock feedback => feedback.Markdown + (feedback.Markdown.Length > 0 ? "\n\n" : "") + string.Join('\n', feedback.Prompts.Select(prompt => $"- {SessionWriter.Indented(prompt.Text, 2)}")),
        ChoiceQuestion choice => Lettered(
            choice.Prompt,
            [.. choice.Options.Select(option => option.Text)],
            string.Join(", ", choice.Options.Select((option, i) => (option, i)).Where(entry => entry.option.IsRight).Select(entry => OptionLabels.Of(entry.i))),
            "\n" + Letters([.. choice.Options.Select(option => option.Feedback)])),
        OrderQuestion order => Ordered(order),
        OpenQuestion open => $"{Label()}{open.Prompt}\n\n**{Say("Model answer", "解答例")}**:\n{open.ModelAnswer}",
        _ => throw new ArgumentException($"There is no way to show a block of kind {block.GetType().Name}.", nameof(block)),
    };

    private string Ordered(OrderQuestion order)
    {
        IReadOnlyList<int> shown = personal.View(order).Order;
        string key = string.Join(" → ", Enumerable.Range(0, order.Items.Count).Select(item => OptionLabels.Of(shown.ToList().IndexOf(item))));
        return Lettered(order.Prompt, [.. shown.Select(item => order.Items[item])], key, " " + SessionWriter.Indented(order.Feedback, 2));
    }

    private string Lettered(string prompt, IReadOnlyList<string> options, string key, string explanation) =>
        $"{Label()}{prompt}\n\n{Letters(options)}\n\n**{Say("Answer", "正解")}**: {key}\n\n**{Say("Explanation", "解説")}**:{explanation}";

    private static string Letters(IReadOnlyList<string> texts) => string.Join('\n', texts.Select((option, i) => $"- ({OptionLabels.Of(i)}) {SessionWriter.Indented(option, 2)}"));

    private static object Data(Block block) => block switch
    {
        ExperimentBlock experiment => new { block.Id, run = experiment.Experiment, experiment.Preset, set = experiment.Settings, experiment.Expect },
        FigureBlock figure => new { block.Id, figure.Draw, with = figure.Arguments },
        FeedbackBlock feedback => new { block.Id, prompts = feedback.Prompts.Select(prompt => prompt.Id) },
        WhenBlock shown => new { block.Id, shown.Concept, states = shown.States.Select(state => state.Name()), shown.Misconception },
        ChoiceQuestion choice => new { block.Id, choice.Concepts, misconceptions = choice.Options.Select(option => option.Misconception), measured = choice.Options.Select(option => option.Measured), choice.Shuffles },
        Question question => new { block.Id, question.Concepts },
        _ => new { block.Id },
    };

    private static string Kind(Block block) => block switch
    {
        ExperimentBlock => "experiment",
        FigureBlock => "figure",
        ApplyBlock => "apply",
        HomeworkBlock => "homework",
        PreviewBlock => "preview",
        FeedbackBlock => "feedback",
        WhenBlock => "when",
        ChoiceQuestion => "choice",
        OrderQuestion => "order",
        _ => "open",
    };

    private string Label() => string.Create(CultureInfo.InvariantCulture, $"**Q{++questions}**: ");

    private string Title(string concept) => concepts.Find(concept)?.Title.In(session.Language) ?? concept;

    private string States(WhenBlock shown) => string.Join(Say(" or ", "・"), shown.States.Select(state => PersonalText.NameOf(state).In(session.Language)));

    private string Say(string english, string japanese) => session.Language == Language.Japanese ? japanese : english;

    private void Line(string paragraph)
    {
        if (paragraph.Length > 0)
        {
            text.Append(text.Length > 0 ? "\n" : "").Append(paragraph).Append('\n');
        }
    }
}
