using System.Globalization;
using Fukami.Course;

namespace Fukami.Cli;

/// <summary>Asks a question, and reads what is typed as its answer.</summary>
internal sealed class QuestionScreen(StudyScreen screen)
{
    private const string Skip = "s";

    /// <summary>Shows the question with its options.</summary>
    public void Show(QuestionView view)
    {
        screen.Lesson(view.Prompt);
        IReadOnlyList<string> items = view.Question switch
        {
            ChoiceQuestion => [.. view.Options.Select(option => option.Text)],
            OrderQuestion order => [.. view.Order.Select(place => order.Items[place])],
            _ => [],
        };
        if (items.Count > 0)
        {
            screen.Blank();
        }

        foreach ((int index, string text) in items.Index())
        {
            screen.Paragraph($"{Ink.Bold((index + 1).ToString(CultureInfo.InvariantCulture))}  {LessonText.Inline(text)}", 2, 3);
        }

        if (view.Question is PredictQuestion predict)
        {
            screen.Paragraph(Ink.Dim(screen.Say($"Asked for: {predict.Unit}", $"答える数: {predict.Unit}")), 2);
        }

        screen.Blank();
    }

    /// <summary>Asks for the answer.</summary>
    /// <param name="view">The question.</param>
    /// <param name="isTest">Whether it is the baseline test, in which one may have forgotten and cannot go back.</param>
    /// <param name="answered">Whether an answer is there already, which Enter keeps.</param>
    /// <returns>The answer; else where the learner wants to go.</returns>
    public async Task<(GivenAnswer? Answer, StepMove Move)> AskAsync(QuestionView view, bool isTest = false, bool answered = false)
    {
        string hint = Hint(view.Question, isTest, answered);
        while (true)
        {
            string line = await screen.AskAsync(hint);
            string typed = TypedText.Command(line);
            hint = "";
            switch (typed)
            {
                case "q":
                    throw new StudyPausedException(isInterrupted: false);
                case "b" when !isTest:
                    return (null, StepMove.Back);
                case "" when answered:
                    return (null, StepMove.Next);
                case Skip:
                    return (new Skipped(), StepMove.Next);
                case "?":
                    hint = Hint(view.Question, isTest, answered);
                    continue;
                case "":
                    screen.Paragraph(screen.Say("An answer is wanted: d if you do not know, s to leave it out, q to pause.", "回答を入力してください。わからなければ d、飛ばすなら s、中断するなら q です。"));
                    continue;
                default:
                    break;
            }

            if (view.Question is OpenQuestion)
            {
                return (await WordsAsync(view, line), StepMove.Next);
            }

            (GivenAnswer? answer, Lab.LocalizedText? refusal) = AnswerReader.Read(view, line);
            if (answer is not null)
            {
                return (answer, StepMove.Next);
            }

            screen.Paragraph(refusal!.In(screen.Language));
        }
    }

    // several lines, up to an empty one
    private async Task<GivenAnswer> WordsAsync(QuestionView view, string first)
    {
        if (AnswerReader.Read(view, first).Answer is DoesNotKnow or KnewOnce)
        {
            return AnswerReader.Read(view, first).Answer!;
        }

        const int longest = 20_000;
        var lines = new List<string> { first };
        while (lines.Sum(line => line.Length) < longest)
        {
            string line = await screen.AskAsync();
            if (line.Trim().Length == 0)
            {
                break;
            }

            lines.Add(line);
        }

        return new GivenText(Ink.Harmless(string.Join('\n', lines)).Trim());
    }

    private string Hint(Question question, bool isTest, bool answered)
    {
        string what = question switch
        {
            ChoiceQuestion { IsMultiple: true } => screen.Say("the numbers of all that are right, such as 1 3", "正しいものの番号をすべて（例: 1 3）"),
            ChoiceQuestion => screen.Say("a number", "番号"),
            OrderQuestion => screen.Say("the numbers in order, such as 3 1 2", "正しい順の番号"),
            OpenQuestion => screen.Say("your answer; an empty line ends it", "回答（空行で終了）"),
            PredictQuestion => screen.Say("your guess, a number", "予想する数"),
            _ => screen.Say("a number", "数"),
        };
        string commands = isTest
            ? screen.Say("d: I don't know · k: I knew this once · q: pause", "d: わからない ・ k: 以前は知っていた ・ q: 中断")
            : question is PredictQuestion
                ? screen.Say("s: skip · b: back · q: pause", "s: 飛ばす ・ b: 戻る ・ q: 中断")
                : screen.Say("d: I don't know · s: skip · b: back · q: pause", "d: わからない ・ s: 飛ばす ・ b: 戻る ・ q: 中断");
        return answered
            ? screen.Say($"Enter: go on with this answer · or answer anew ({what}) · {commands}", $"Enter: この回答のまま次へ ・ 答え直す（{what}） ・ {commands}")
            : screen.Say($"Type {what} · {commands}", $"{what}を入力 ・ {commands}");
    }
}
