using System.Globalization;
using Fukami.Course;

namespace Fukami.Cli;

/// <summary>What is to be said of an answer, at once: for each chosen option its feedback, for a wrong number its mistake, for words the points.</summary>
internal sealed class JudgementScreen(StudyScreen screen, ConceptMap concepts)
{
    /// <summary>Shows it.</summary>
    public void Show(QuestionView view, GivenAnswer answer, Judgement judgement)
    {
        screen.Blank();
        switch (view.Question)
        {
            case PredictQuestion:
                screen.Paragraph(answer is GivenNumber
                    ? screen.Say("Noted. The experiment behind it will answer.", "記録しました。このあとの実験で確かめます。")
                    : screen.Say("No prediction. The experiment behind it will tell.", "予想なしで進みます。このあとの実験で確かめます。"));
                return;
            case OpenQuestion open:
                Verdict(judgement.Outcome);
                if (judgement is { Outcome: Outcome.NotJudged, Points: not null })
                {
                    screen.Paragraph(screen.Say("? Not sure: you decide below.", "? 判定できませんでした。下でご自身で判定してください。"));
                }

                if (judgement.Judge == JudgeKind.ModelFailed)
                {
                    screen.Paragraph(screen.Say("The chat model did not answer; judged without it.", "チャットモデルから応答がなかったため、使わずに判定しました。"));
                }
                else if (judgement.Judge == JudgeKind.Model)
                {
                    screen.Paragraph(Ink.Dim(screen.Say("Judged by the chat model; only what it could quote from your words counts.", "チャットモデルの判定です。あなたの文から引用できた点だけを数えています。")));
                }

                Points(open, judgement);
                return;
            default:
                break;
        }

        if (answer is Skipped)
        {
            screen.Paragraph(screen.Say("Left out; reviews will not ask for it either.", "飛ばしました。復習にも出ません。"));
            return;
        }

        Verdict(judgement.Outcome);
        switch (view.Question)
        {
            case ChoiceQuestion:
                Options(view, answer as ChosenOptions);
                break;
            case NumberQuestion number:
                if (judgement.Outcome != Outcome.Right)
                {
                    screen.Paragraph(screen.Say($"The answer is {view.Number!.Key.ToString("0.##", CultureInfo.InvariantCulture).Replace('-', '−')}.", $"正解は {view.Number!.Key.ToString("0.##", CultureInfo.InvariantCulture).Replace('-', '−')} です。"));
                    Misconception(judgement);
                }

                screen.Blank();
                screen.Lesson(QuestionView.Fill(number.Explanation, view.Number!.Names));
                break;
            case OrderQuestion order:
                foreach ((int index, string item) in order.Items.Index())
                {
                    screen.Paragraph($"{(index + 1).ToString(CultureInfo.InvariantCulture)}. {LessonText.Inline(item)}", 2, 3);
                }

                screen.Blank();
                screen.Lesson(order.Feedback);
                break;
            default:
                break;
        }
    }

    /// <summary>An answer that was given before, in a line.</summary>
    public void Earlier(QuestionAnswered answered) =>
        screen.Paragraph(screen.Say($"Your answer: {Plain(answered)}", $"あなたの回答: {Plain(answered)}"), 0, 2);

    private static string Plain(QuestionAnswered answered) => Ink.Harmless(answered.Answer is ChosenOptions ? LessonText.Inline(answered.Shown) : answered.Shown.ReplaceLineEndings(" "));

    private void Verdict(Outcome outcome)
    {
        string? line = outcome switch
        {
            Outcome.Right => Ink.Green(screen.Say("✓ Right.", "✓ 正解です。")),
            Outcome.Partly => screen.Say("△ Partly right.", "△ 一部正解です。"),
            Outcome.Wrong => Ink.Red(screen.Say("✗ Not right.", "✗ 正しくありません。")),
            Outcome.Unknown or Outcome.Forgotten => screen.Say("Good to know; here is the answer.", "わかりました。答えを見ておきましょう。"),
            _ => null,
        };
        if (line is not null)
        {
            screen.Paragraph(line);
        }
    }

    private void Options(QuestionView view, ChosenOptions? chosen)
    {
        IEnumerable<AnswerOption> shown = view.Options.Where(option => option.IsRight || chosen?.Options.Contains(option.Id, StringComparer.Ordinal) == true)
            .OrderBy(option => chosen?.Options.Contains(option.Id, StringComparer.Ordinal) != true);
        foreach (AnswerOption option in shown)
        {
            bool isChosen = chosen?.Options.Contains(option.Id, StringComparer.Ordinal) == true;
            int number = view.Options.ToList().IndexOf(option) + 1;
            string mark = option.IsRight ? isChosen ? Ink.Green("✓") : "→" : Ink.Red("✗");
            screen.Paragraph(string.Create(CultureInfo.InvariantCulture, $"{mark} {number}  {LessonText.Inline(option.Text)}"), 2, 5);
            // what is said to whoever chose it begins with “yes”: to others only the rest of it is said
            screen.Lesson(isChosen ? option.Feedback : option.FeedbackToOthers, 7);
        }
    }

    private void Misconception(Judgement judgement)
    {
        if (judgement.Misconception is { } id && concepts.FindMisconception(id) is { } found)
        {
            string belief = found.Misconception.Belief.In(screen.Language);
            string correction = found.Misconception.Correction.In(screen.Language);
            screen.Paragraph(screen.Say($"Your number is what comes out by this mistake: “{belief}” {correction}", $"あなたの数は、次の取り違えをしたときの値です。「{belief}」{correction}"));
        }
    }

    private void Points(OpenQuestion open, Judgement judgement)
    {
        foreach (RubricPoint point in judgement.Points is null ? [] : open.Rubric.Points)
        {
            PointFinding? finding = judgement.Points!.FirstOrDefault(found => string.Equals(found.Point, point.Id, StringComparison.Ordinal));
            string text = point.Point.In(screen.Language);
            string quote = finding?.Quote is { Length: > 0 } words ? Ink.Harmless(words.ReplaceLineEndings(" ").Trim()) : "";
            if (finding is { IsFound: true })
            {
                screen.Paragraph($"{Ink.Green("✓")} {text}", 2, 2);
                Quote(quote);
            }
            else if (finding is { IsUnsure: true })
            {
                screen.Paragraph($"? {text} {Doubt(judgement.Judge)}", 2, 2);
                Quote(quote);
            }
            else if (finding is { IsContradicted: true })
            {
                screen.Paragraph($"{Ink.Red("✗")} {screen.Say($"{text} Your words say otherwise:", $"{text} あなたの文はこれと逆のことを言っています。")}", 2, 2);
                Quote(quote);
            }
            else
            {
                screen.Paragraph($"· {screen.Say($"Not found: {text}", $"見つからなかった点: {text}")}", 2, 2);
            }
        }

        screen.Blank();
        screen.Paragraph(Ink.Bold(screen.Say("A model answer", "解答例")));
        screen.Lesson(open.ModelAnswer, 2);
    }

    private string Doubt(JudgeKind judge) => judge == JudgeKind.Model
        ? screen.Say("The chat model and the program read your words differently here, so it does not count yet. You decide:", "この点ではチャットモデルとプログラムの読み取りが食い違うため、まだ数えていません。ご自身で判断してください。")
        : screen.Say("I am not sure whether your words say so or deny it, so it does not count yet. You decide:", "あなたの文がそう述べているのか、打ち消しているのか判断できないため、まだ数えていません。ご自身で判断してください。");

    private void Quote(string quote)
    {
        if (quote.Length > 0)
        {
            screen.Paragraph(Ink.Dim(screen.Say($"“{quote}”", $"「{quote}」")), 6);
        }
    }
}
