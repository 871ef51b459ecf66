using System.Globalization;
using System.Text.RegularExpressions;
using Fukami.Lab;

namespace Fukami.Course;

/// <summary>
/// What a session can do for a learner's wish. Three wishes are understood, by the words that people use for them: a slower pace (the session in two sittings), a faster one
/// (what may be skimmed), and more code (where code is read). Of all others nothing is claimed.
/// </summary>
public static partial class WishReply
{
    /// <summary>A sentence that says what will be done; none if the wish is none of the three.</summary>
    /// <param name="wish">The learner's words.</param>
    /// <param name="session">The session that is next.</param>
    /// <param name="state">Where the learner stands.</param>
    public static string? Of(string wish, Session session, LearnerState state)
    {
        bool japanese = session.Language == Language.Japanese;
        return SlowerPattern.IsMatch(wish) ? Slower(session, japanese)
            : FasterPattern.IsMatch(wish) ? Faster(session, state, japanese)
            : CodePattern.IsMatch(wish) ? Code(session, state.Course, japanese)
            : null;
    }

    [GeneratedRegex(@"(?<!not |n't )too (fast|quick|much|long|hard|difficult)|\bslow(er| down)\b|\bshorter\b|ゆっくり|[速早]すぎ(?!な|ず)|多すぎ(?!な|ず)|長すぎ(?!な|ず)|難しすぎ(?!な|ず)|短く", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 20_000)]
    private static partial Regex SlowerPattern { get; }

    [GeneratedRegex(@"(?<!not |n't )too (slow|easy|simple|little)|\bfaster\b|\bspeed up\b|遅すぎ(?!な|ず)|(簡単|易し|やさし)すぎ(?!な|ず)|もっと[速早]く", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 20_000)]
    private static partial Regex FasterPattern { get; }

    [GeneratedRegex(@"(?<!less |no |fewer |without )(?<!source )\b(source )?code\b|(?<!less |no )\bimplementation|コード(?!は?(不要|いらない|少な|減ら))|実装(?!は?(不要|いらない|少な|減ら))", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 20_000)]
    private static partial Regex CodePattern { get; }

    [GeneratedRegex(@"^```\w+ \S+$", RegexOptions.Multiline, matchTimeoutMilliseconds: 20_000)]
    private static partial Regex SourcePattern { get; }

    // at the end of the section that comes nearest to the half
    private static string? Slower(Session session, bool japanese)
    {
        if (session.Sections.Count < 2)
        {
            return null;
        }

        double whole = session.Sections.Sum(section => section.Minutes);
        (Section last, double minutes) = session.Sections.SkipLast(1).Select((section, i) => (section, session.Sections.Take(i + 1).Sum(before => before.Minutes))).MinBy(cut => Math.Abs((2 * cut.Item2) - whole));
        return japanese
            ? string.Create(CultureInfo.InvariantCulture, $"今回は 2 回に分けましょう。「{last.Title}」の終わりまで（{minutes:0} 分）と、残り（{whole - minutes:0} 分）です。中断すれば、続きから再開できます。")
            : string.Create(CultureInfo.InvariantCulture, $"Take this one in two sittings: up to the end of “{last.Title}” ({minutes:0} min), and the rest ({whole - minutes:0} min) another day. It goes on where you stop.");
    }

    private static string Faster(Session session, LearnerState state, bool japanese)
    {
        string[] known = [.. session.Sections.Where(section => section.Blocks.OfType<Question>().SelectMany(question => question.Concepts).Distinct(StringComparer.Ordinal).ToArray() is { Length: > 0 } concepts
            && Array.TrueForAll(concepts, concept => state.Standing(concept).State == ConceptState.Known)).Select(section => section.Title)];
        if (known.Length == 0)
        {
            return japanese
                ? "ただ、どの節にも、まだ確かめられていない内容があります。飛ばしてよい節はありませんが、質問は飛ばせます。"
                : "But every section of this session has something in it that is not settled yet, so no section can be left out; single questions can.";
        }

        return japanese
            ? $"「{string.Join("」「", known)}」の内容はすでに知っているので、軽く読み流してかまいません。質問は飛ばせます。"
            : $"You know what “{string.Join("” and “", known)}” is about: skim it, and leave out its questions.";
    }

    private static string? Code(Session session, CourseContent course, bool japanese)
    {
        if (Reads(session) is { } here)
        {
            return japanese ? $"「{here.Title}」の節で、実装のコードを読みます。" : $"The section “{here.Title}” reads the code of an implementation.";
        }

        return course.Sessions(session.Language).FirstOrDefault(other => Reads(other) is not null) is { } there
            ? japanese
                ? $"今回はコードを読みません。コードを読むのは「{there.Title}」の「{Reads(there)!.Title}」の節です。"
                : $"This session reads no code; “{there.Title}” does, in its section “{Reads(there)!.Title}”."
            : null;
    }

    private static Section? Reads(Session session) => session.Sections.FirstOrDefault(section => section.Blocks.OfType<TextBlock>().Any(text => SourcePattern.IsMatch(text.Markdown)));
}
