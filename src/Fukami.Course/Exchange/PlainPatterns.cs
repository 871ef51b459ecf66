using System.Globalization;
using System.Text.RegularExpressions;

namespace Fukami.Course;

/// <summary>How people write titles, metadata, questions, options and answers in plain documents, in English and Japanese.</summary>
internal static partial class PlainPatterns
{
    private const int Timeout = 1000;

    private const string OptionMark = @"(?:[\(（](?<letter>[A-La-lＡ-Ｌａ-ｌアイウエオカキクケコサシ①-⑫])[\)）]\s*|(?<letter>[①-⑫])\s*|(?<letter>[A-La-lＡ-Ｌａ-ｌ])(?:[.)．）:：](?:\s+|(?=[^\x00-\x7F])))|(?<letter>[アイウエオカキクケコサシ])[.)．）:：\s　]\s*)";

    /// <summary>A heading with its level.</summary>
    [GeneratedRegex(@"^ {0,3}(?<level>#{1,6})[ \t]+(?<title>.*?)[ \t]*#*[ \t]*$", RegexOptions.ExplicitCapture, Timeout)]
    public static partial Regex Heading { get; }

    /// <summary>The number of a session, and what its title says behind it.</summary>
    [GeneratedRegex(@"(?:第\s*(?<number>[0-9０-９]{1,3})\s*[回章]|(?:Session|Lesson|Lecture|Week|Unit|Chapter|セッション|レッスン|講義)\s*[#＃]?\s*(?<number>[0-9０-９]{1,3}))\s*[:：.．、\-–—|]*\s*(?<title>.*)$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, Timeout)]
    public static partial Regex SessionNumber { get; }

    /// <summary>A line of bold-key metadata.</summary>
    [GeneratedRegex(@"^\s*(?:[-*+]\s+)?(?:\*\*|__)(?<key>[^*_]{1,40}?)\s*(?:[:：]\s*(?:\*\*|__)|(?:\*\*|__)\s*[:：])\s*(?<value>.*?)\s*$", RegexOptions.ExplicitCapture, Timeout)]
    public static partial Regex Metadata { get; }

    /// <summary>A question with its label, as a heading, a list item or a line of its own.</summary>
    [GeneratedRegex(@"^\s{0,3}(?<head>#{2,6}\s+)?(?:[-*+]\s+)?(?:(?<bold>\*\*|__)\s*(?:Q\.?\s?\d{0,4}(?:-\d{1,3})?|Question\s*\d{0,4}|設?問\s*[\d０-９一二三四五六七八九十]{0,4}|問題\s*[\d０-９]{0,4}|質問\s*[\d０-９]{0,4})(?:(?:\*\*|__)\s*[:：.．)）]?|\s*[:：.．)）]\s*(?<closed>\*\*|__)?)\s*|(?:Q\.?\s?\d{1,4}(?:-\d{1,3})?|Question\s*\d{1,4}|設?問\s*[\d０-９]{1,4}|問題\s*[\d０-９]{1,4}|質問\s*[\d０-９]{1,4})\s*(?:[:：.．)）]\s*|(?=$)|\s+(?=\S)))(?<rest>.*)$", RegexOptions.ExplicitCapture, Timeout)]
    public static partial Regex Question { get; }

    /// <summary>An option with its letter.</summary>
    [GeneratedRegex(@"^\s{0,6}(?:[-*+]\s+)?(?:\*\*|__)?" + OptionMark + @"(?:\*\*|__)?\s*(?<text>\S.*)$", RegexOptions.ExplicitCapture, Timeout)]
    public static partial Regex Option { get; }

    /// <summary>An option of a task list.</summary>
    [GeneratedRegex(@"^\s{0,6}[-*+]\s+\[(?<mark>[ xX])\]\s+(?<text>\S.*)$", RegexOptions.ExplicitCapture, Timeout)]
    public static partial Regex Task { get; }

    /// <summary>The place of a further option on the same line.</summary>
    [GeneratedRegex(@"[\s　]+(?=[\(（][A-La-lＡ-Ｌアイウエオカキクケコサシ][\)）]|[①-⑫])", RegexOptions.ExplicitCapture, Timeout)]
    public static partial Regex NextOption { get; }

    /// <summary>An answer behind a question.</summary>
    [GeneratedRegex(@"^\s*(?:>\s*)?(?:[-*+]\s+)?(?:\*\*|__)?(?:正解|正答|答え?|解答例?|模範解答|回答例|Answer(?: key)?|Correct answer|Model answer|Sample answer)\s*(?:\*\*|__)?\s*[:：]\s*(?:\*\*|__)?\s*(?<rest>.*)$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, Timeout)]
    public static partial Regex Answer { get; }

    /// <summary>An explanation behind a question.</summary>
    [GeneratedRegex(@"^\s*(?:>\s*)?(?:[-*+]\s+)?(?:\*\*|__)?(?:解説|説明|理由|Explanation|Feedback|Rationale|Why)\s*(?:\*\*|__)?\s*[:：]\s*(?:\*\*|__)?\s*(?<rest>.*)$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, Timeout)]
    public static partial Regex Explanation { get; }

    /// <summary>A key at the beginning of an answer: letters, and what is said behind them.</summary>
    [GeneratedRegex(@"^(?<keys>(?:[\(（]?[A-La-lＡ-Ｌａ-ｌアイウエオカキクケコサシ①-⑫][\)）]?)(?:\s*(?<sep>[,、，/・＆&]|and|と|→|->|>|⇒)\s*(?:[\(（]?[A-La-lＡ-Ｌａ-ｌアイウエオカキクケコサシ①-⑫][\)）]?))*)(?:$|\s*[.。．:：、,)）\-–—]\s*|\s+(?=[^a-zA-Z])|\s*[\*_]{2}\s*)(?<rest>.*)$", RegexOptions.ExplicitCapture, Timeout)]
    public static partial Regex Key { get; }

    /// <summary>Minutes in a heading: (20 min), （20分）.</summary>
    [GeneratedRegex(@"[\(（\[]\s*(?:約|about\s+|~)?\s*(?<minutes>[0-9０-９]{1,3})\s*(?:分|min(?:utes?|s)?\.?)\s*[\)）\]]", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, Timeout)]
    public static partial Regex HeadingMinutes { get; }

    /// <summary>The minutes that a text states once; 0 if it states none, or a range.</summary>
    public static int MinutesOf(string text)
    {
        string plain = Narrow(text);
        MatchCollection numbers = Amount.Matches(plain);
        if (numbers.Count != 1 || !double.TryParse(numbers[0].Groups["n"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double amount))
        {
            return 0;
        }

        double minutes = numbers[0].Groups["hours"].Success ? amount * 60 : amount;
        return minutes is >= 1 and < 600 && minutes == Math.Floor(minutes) ? (int)minutes : 0;
    }

    /// <summary>A whole number, in digits of either width.</summary>
    public static int Whole(string digits) => int.TryParse(Narrow(digits), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    // full-width forms stand 0xFEE0 above ASCII
    private static string Narrow(string text) => string.Concat(text.Select(c => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c));

    [GeneratedRegex(@"(?<n>\d{1,4}(?:\.\d)?)\s*(?<hours>時間|hours?|h\b)?", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, Timeout)]
    private static partial Regex Amount { get; }
}
