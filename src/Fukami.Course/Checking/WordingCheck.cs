using System.Text.RegularExpressions;

namespace Fukami.Course;

/// <summary>Questions of kinds that are known to mislead: negated stems, “all of the above”, options that name places in a shuffled list, answers given away by their length, options that are the same.</summary>
/// <param name="course">The course.</param>
/// <param name="faults">Where faults go.</param>
internal sealed partial class WordingCheck(CourseContent course, ICollection<CourseFault> faults)
{
    /// <summary>A right option is given away when it is longer than every other by this factor.</summary>
    private const double LengthThatTells = 1.5;

    /// <summary>Below this many characters, a difference in length tells nothing.</summary>
    private const int ShortOption = 18;

    /// <summary>Checks all questions.</summary>
    public void Run()
    {
        foreach (Session session in course.Every)
        {
            var list = new FaultList(course.FileOf(session), faults);
            foreach (ChoiceQuestion question in session.Questions.OfType<ChoiceQuestion>())
            {
                CheckStem(question, list);
                CheckOptions(question, list);
            }
        }
    }

    [GeneratedRegex(@"\b(which|what|who|where|when)\b[^?]*\b(not|isn't|aren't|doesn't|don't|never|except|false|(?<!goes )wrong|incorrect)\b[^?]*\?|\bexcept\b[^?]*\?", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NegatedStem { get; }

    [GeneratedRegex("(正しくない|適切でない|適切ではない|誤っている|間違っている|当てはまらない|あてはまらない|ではない|でない)(もの|の)(は|を)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NegatedStemInJapanese { get; }

    [GeneratedRegex(@"\b(all|none|both|neither|any) of (the above|these|them|the others|the below)\b|\ball are (right|true|correct)\b|すべて正しい|全て正しい|上記すべて|上記のすべて|いずれでもない|どれでもない|すべて当てはまる", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AllOfTheAbove { get; }

    [GeneratedRegex(@"\b(above|below|previous option|next option|first option|last option|option [a-d])\b|上の選択肢|下の選択肢|前の選択肢|次の選択肢|上記|下記", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlaceInTheList { get; }

    private static void CheckStem(ChoiceQuestion question, FaultList list)
    {
        if (NegatedStem.IsMatch(question.Prompt) || NegatedStemInJapanese.IsMatch(question.Prompt))
        {
            list.Add(question.Line, "The question asks for what is not so; readers miss the negation. Ask for what is so.", "「〜でないもの」を問う形です。読み落としやすいので、正しいものを問う形にしてください。");
        }
    }

    private static void CheckOptions(ChoiceQuestion question, FaultList list)
    {
        foreach (AnswerOption option in question.Options)
        {
            if (AllOfTheAbove.IsMatch(option.Text))
            {
                list.Add(question.Line, $"The option “{option.Id}” speaks of all or none of the others; whoever knows two of them knows it. Let several be right instead.", $"選択肢「{option.Id}」が「すべて」「どれでもない」の形です。複数選択にしてください。");
            }
            else if (question.Shuffles && PlaceInTheList.IsMatch(option.Text))
            {
                list.Add(question.Line, $"The option “{option.Id}” names a place in the list, and the list is shuffled.", $"選択肢「{option.Id}」がほかの選択肢の位置を指していますが、順序は毎回変わります。");
            }
        }

        foreach (IGrouping<string, AnswerOption> same in question.Options.GroupBy(option => option.Text.Trim(), StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            list.Add(question.Line, $"The options {string.Join(" and ", same.Select(option => $"“{option.Id}”"))} are the same.", $"選択肢 {string.Join("・", same.Select(option => $"「{option.Id}」"))} が同じです。");
        }

        CheckLength(question, list);
    }

    private static void CheckLength(ChoiceQuestion question, FaultList list)
    {
        AnswerOption[] right = [.. question.Options.Where(option => option.IsRight)];
        int[] others = [.. question.Options.Where(option => !option.IsRight).Select(option => DisplayLength(option.Text))];
        if (right.Length != 1 || others.Length < 2)
        {
            return;
        }

        int length = DisplayLength(right[0].Text);
        if (length > ShortOption && length > LengthThatTells * others.Max())
        {
            list.Add(question.Line, $"The right option “{right[0].Id}” is much longer than the others, which gives it away.", $"正解の選択肢「{right[0].Id}」だけが目立って長く、答えがわかってしまいます。");
        }
        else if (others.Min() > ShortOption && others.Min() > LengthThatTells * length)
        {
            list.Add(question.Line, $"The right option “{right[0].Id}” is much shorter than the others, which gives it away.", $"正解の選択肢「{right[0].Id}」だけが目立って短く、答えがわかってしまいます。");
        }
    }

    // a Japanese character says as much as two Latin letters
    private static int DisplayLength(string text) => text.Sum(c => c > 0x2E80 ? 2 : 1);
}
