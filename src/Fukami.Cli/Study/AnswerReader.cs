using System.Globalization;
using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>Reads a typed line as an answer to a question.</summary>
internal static class AnswerReader
{
    private static readonly string[] Unknown = ["d", "i don't know", "i do not know", "don't know", "dont know", "わからない", "分からない", "わかりません", "知らない", "知りません"];
    private static readonly string[] Forgotten = ["k", "i knew this once", "knew once", "i forgot", "forgot", "以前は知っていた", "忘れた", "忘れました"];

    /// <summary>The answer; none and a sentence if the line is none.</summary>
    /// <param name="view">The question as it is asked.</param>
    /// <param name="line">What was typed.</param>
    public static (GivenAnswer? Answer, LocalizedText? Refusal) Read(QuestionView view, string line)
    {
        string typed = TypedText.Command(line).Replace('’', '\'');
        return Array.Exists(Unknown, word => word == typed.TrimEnd('.')) ? (new DoesNotKnow(), null)
            : Array.Exists(Forgotten, word => word == typed.TrimEnd('.')) ? (new KnewOnce(), null)
            : view.Question switch
            {
                ChoiceQuestion choice => Choice(view, choice, typed),
                OrderQuestion order => Order(view, order, typed),
                _ => TypedText.Number(line) is { } number ? (new GivenNumber(number), null) : (null, new LocalizedText(
                    "That is no number; type one such as 0.35, −2 or 1/32, or d if you do not know.",
                    "数として読めません。0.35、−2、1/32 のように入力してください。わからなければ d です。")),
            };
    }

    private static (GivenAnswer? Answer, LocalizedText? Refusal) Choice(QuestionView view, ChoiceQuestion choice, string typed)
    {
        int[]? places = Places(typed, view.Options.Count);
        if (places is null || (places.Length > 1 && !choice.IsMultiple))
        {
            return (null, choice.IsMultiple
                ? new($"Type the numbers of all that are right, such as 1 3, from 1 to {view.Options.Count}; or d if you do not know.", $"正しいものの番号をすべて、1 3 のように入力してください（1〜{view.Options.Count}）。わからなければ d です。")
                : new($"Type one number from 1 to {view.Options.Count}, or d if you do not know.", $"1〜{view.Options.Count} の番号を一つ入力してください。わからなければ d です。"));
        }

        return (new ChosenOptions([.. places.Select(place => view.Options[place].Id)]), null);
    }

    private static (GivenAnswer? Answer, LocalizedText? Refusal) Order(QuestionView view, OrderQuestion order, string typed) =>
        Places(typed, order.Items.Count) is { } places && places.Length == order.Items.Count
            ? (new GivenOrder([.. places.Select(place => view.Order[place])]), null)
            : (null, new LocalizedText(
                $"Type each number from 1 to {order.Items.Count} once, in the right order, such as {string.Join(' ', Enumerable.Range(1, order.Items.Count).Reverse())}; or d if you do not know.",
                $"1〜{order.Items.Count} の番号を一度ずつ、正しい順に並べてください（例: {string.Join(' ', Enumerable.Range(1, order.Items.Count).Reverse())}）。わからなければ d です。"));

    // 1 3, 1,3 or 13: with nine things or fewer each digit is a number of its own; none if one is unknown or there twice
    private static int[]? Places(string typed, int count)
    {
        string[] parts = typed.Split([' ', ',', '.', ';', '→', '>'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (count <= 9)
        {
            parts = [.. parts.SelectMany(part => part.Select(digit => digit.ToString()))];
        }

        var places = new List<int>();
        foreach (string part in parts)
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int place) || place < 1 || place > count || places.Contains(place - 1))
            {
                return null;
            }

            places.Add(place - 1);
        }

        return places.Count == 0 ? null : [.. places];
    }
}
