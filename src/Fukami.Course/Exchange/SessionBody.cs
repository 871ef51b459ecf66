using System.Globalization;
using Fukami.Lab;

namespace Fukami.Course;

/// <summary>What stands on a session's page.</summary>
/// <param name="session">The session.</param>
/// <param name="concepts">The names of concepts and misconceptions.</param>
/// <param name="copy">For whom; none for nobody in particular.</param>
/// <param name="isForPrint">Whether answers stand at the end instead of behind their questions.</param>
internal sealed class SessionBody(Session session, ConceptMap concepts, PersonalCopy? copy, bool isForPrint)
{
    private const int AnswerLines = 4;

    private readonly PersonalText personal = new(session, concepts, copy);
    private readonly List<(string Label, Html Answer)> answers = [];
    private int questions;

    /// <summary>The page's body.</summary>
    /// <param name="number">What stands above the title.</param>
    public Html Write(string number)
    {
        Html sections = Html.Join(session.Sections.Select(Of));
        Html end = isForPrint && answers.Count > 0
            ? Html.Of($"<section class=\"answers\"><h2>{Say("Answers", "解答")}</h2>\n{Html.Join(answers.Select(answer => Html.Of($"<div class=\"answer\"><h3>{answer.Label}</h3>{answer.Answer}</div>")))}</section>\n")
            : Html.None;
        return Html.Of($"""
            <header><p class="soft">{number}</p><h1>{session.Title}</h1>
            <dl class="facts">
            {Html.Join(personal.Opening().Select(entry => Html.Of($"<dt>{entry.Label}</dt><dd>{Inline(entry.Value)}</dd>")))}</dl></header>
            {sections}{end}
            """);
    }

    private Html Of(Section section) => Html.Of($"""
        <section aria-labelledby="{section.Id}"><h2 id="{section.Id}">{section.Title} <span class="minutes">{Say($"{section.Minutes} min", $"{section.Minutes}分")}</span></h2>
        {Html.Join(section.Blocks.Select(block => Of(block, null)))}</section>
        """);

    private Html Of(Block block, WhenBlock? within) => block switch
    {
        WhenBlock shown => personal.Shows(shown) ? Card(copy is null ? Say($"If you are not sure of this: {Title(shown)}", $"「{Title(shown)}」があいまいな人へ") : Say("Why this one", "これをとりあげる理由"), Html.Join(shown.Blocks.Select(inner => Of(inner, shown)))) : Html.None,
        TextBlock text => Text(text.Markdown, within),
        ExperimentBlock experiment => Card(Say("Experiment", "実験"), Html.Of($"<pre><code>{DocumentWriter.CommandOf(experiment)}</code></pre>{Text(experiment.Markdown, within)}{Measured(experiment)}")),
        FigureBlock figure => Html.Of($"<figure>{LessonFigure.Of(figure, session.Language) ?? Html.None}<figcaption>{Text(figure.Caption, within)}</figcaption></figure>"),
        ApplyBlock apply => Card("", Text(apply.Markdown, within)),
        HomeworkBlock homework => Card(Say("Homework", "宿題"), Text(homework.Markdown, within)),
        PreviewBlock preview => Card(Say("Next session", "次回予告"), Text(preview.Markdown, within)),
        FeedbackBlock feedback => Card(Say("Feedback", "フィードバック"), Html.Of($"{Text(feedback.Markdown, within)}<ul>\n{Html.Join(feedback.Prompts.Select(prompt => Html.Of($"<li>{prompt.Text}</li>")))}</ul>{Html.Join(personal.Feedback(feedback).Select(given => Html.Of($"<blockquote>{LessonMarkup.Of(given)}</blockquote>")))}")),
        Question question => Of(question),
        _ => Html.None,
    };

    private Html Of(Question question)
    {
        string label = string.Create(CultureInfo.InvariantCulture, $"Q{++questions}");
        QuestionView view = personal.View(question);
        (Html options, Html? answer) = question switch
        {
            ChoiceQuestion choice => (Options(choice.Options.Select(option => option.Text)), Key(choice)),
            OrderQuestion order => (Options(view.Order.Select(item => order.Items[item])), Html.Of($"<ol>{Html.Join(order.Items.Select(item => Html.Of($"<li>{Inline(item)}</li>")))}</ol>{Text(order.Feedback)}")),
            NumberQuestion number => (Html.None, Html.Of($"<p class=\"right\">{view.Number!.Key.ToString("0.####", CultureInfo.InvariantCulture)} (±{number.Tolerance.ToString("0.####", CultureInfo.InvariantCulture)})</p>{Text(QuestionView.Fill(number.Explanation, view.Number.Names))}")),
            OpenQuestion open => (Lines(), Text(open.ModelAnswer)),
            PredictQuestion predict => (Html.Of($"<p class=\"soft\">{predict.Unit}</p>"), (Html?)null),
            _ => (Html.None, null),
        };
        if (isForPrint && answer is { } later)
        {
            answers.Add((label, later));
        }

        Html behind = answer is { } given && !isForPrint ? Html.Of($"<details><summary>{(question is OpenQuestion ? Say("A model answer", "解答例") : Say("Answer", "解答"))}</summary>{given}</details>") : Html.None;
        Html said = personal.Answer(question) is { } own ? Html.Of($"<blockquote><p class=\"kind\">{Say("Your answer", "あなたの回答")}</p>{LessonMarkup.Of(own)}</blockquote>") : Html.None;
        return Card($"{label} · {Kind(question)}", Html.Of($"<div>{Text(view.Prompt)}</div>{options}{said}{behind}"));
    }

    private static Html Options(IEnumerable<string> texts) => Html.Of($"<ul class=\"options\">\n{Html.Join(texts.Select((text, i) => Html.Of($"<li><span>{OptionLabels.Of(i)}</span><div>{LessonMarkup.Of(text)}</div></li>")))}</ul>");

    private Html Key(ChoiceQuestion choice) => Html.Of($"<ul class=\"options\">\n{Html.Join(choice.Options.Select((option, i) => Html.Of($"<li><span class=\"{(option.IsRight ? "right" : "wrong")}\">{OptionLabels.Of(i)}</span><div><p class=\"{(option.IsRight ? "right" : "soft")}\">{(option.IsRight ? Say("✓ right", "✓ 正解") : Say("✗ wrong", "✗ 不正解"))}</p>{Text(option.Feedback)}</div></li>")))}</ul>");

    private Html Lines() => isForPrint ? Html.Join(Enumerable.Repeat(Html.Of($"<div class=\"lines\"></div>"), AnswerLines)) : Html.None;

    private Html Measured(ExperimentBlock experiment) => personal.Figures(experiment) is { Count: > 0 } figures
        ? Html.Of($"<p class=\"kind\">{Say("You measured", "あなたの測定値")}</p><ul>\n{Html.Join(figures.Select(figure => Html.Of($"<li>{Inline(figure.Claim)}: {figure.Value}</li>")))}</ul>")
        : Html.None;

    private static Html Card(string kind, Html content) => Html.Of($"<div class=\"card\">{(kind.Length > 0 ? Html.Of($"<p class=\"kind\">{kind}</p>") : Html.None)}{content}</div>");

    private Html Text(string markdown, WhenBlock? within = null) => LessonMarkup.Of(personal.Fill(markdown, within));

    // a paragraph alone needs no tags of its own
    private static Html Inline(string markdown)
    {
        string markup = LessonMarkup.Of(markdown).Markup.Trim();
        return new Html(markup.StartsWith("<p>", StringComparison.Ordinal) && markup.IndexOf("</p>", StringComparison.Ordinal) == markup.Length - 4 ? markup[3..^4] : markup);
    }

    private string Kind(Question question) => question switch
    {
        ChoiceQuestion { IsMultiple: true } => Say("all that apply", "すべて選ぶ"),
        ChoiceQuestion => Say("one of these", "一つ選ぶ"),
        NumberQuestion => Say("a number", "数値"),
        OrderQuestion => Say("put in order", "並べ替え"),
        PredictQuestion => Say("your prediction", "予想"),
        _ => Say("in your words", "記述"),
    };

    private string Title(WhenBlock block) => concepts.Find(block.Concept)?.Title.In(session.Language) ?? block.Concept;

    private string Say(string english, string japanese) => session.Language == Language.Japanese ? japanese : english;
}
