using System.Text.RegularExpressions;

namespace Fukami.Course;

/// <summary>
/// Finds the clauses of an English sentence and what negates in each. A negation reaches forward to the end of its clause; one of the verb may also reach
/// back to the subject; a condition (“without skip connections, …”) reaches what it is the condition of; “it is not true that” reaches the rest of the sentence.
/// </summary>
internal static partial class EnglishNegation
{
    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    /// <summary>The clauses of a sentence, each from where the one before it ends.</summary>
    public static IReadOnlyList<Range> Clauses(string sentence) => [.. Parts(sentence)];

    /// <summary>What negates in a sentence.</summary>
    public static IReadOnlyList<Negator> Negators(string sentence, IReadOnlyList<Range> clauses) =>
        [.. Negations.Matches(sentence).Where(match => !match.Groups["none"].Success).Select(match => Of(match, sentence, clauses.First(clause => match.Index < clause.End.Value)))];

    /// <summary>Whether a sentence takes back the one before it: “That is not true.”</summary>
    public static bool TakesBack(string sentence) => Retraction.IsMatch(sentence);

    /// <summary>Whether a sentence that ends with a question mark, or has none, asks.</summary>
    public static bool Asks(string sentence, bool hasMark) => hasMark && !Fragment.IsMatch(sentence);

    // what looks like a negation and is none; what leaves open; what denies a whole sentence; what is denied of what stands before; verbs; amounts; conditions; and what turns
    [GeneratedRegex(
        """
        (?<none>(\b\w+n't|\b(do|does|did|is|are|was|were|has|have|must|can|could|will|would)\snot|\bnot)\s(only|just|merely|simply|solely|to\smention|until)\b | \bno\s(doubt|wonder|matter|problem|question)\b | \bnothing\sbut\b | \bif\snot\b | \bor\snot\b | \bwhy\snot\b | (\b\w+n't|\bcannot|\b\w+\snot|\bno)\s(deny|denying)\b
            | \b((am|is|are|'m|was)\s)?not\s(quite\s|so\s|really\s)?sure\b(?!\s(if|whether|that|how)) | \b(don't|dont|do\snot)\s(really\s)?(know|remember)\b(?!\s(if|whether)) | \b(isn't|doesn't|don't)\s(it|that|they)$)
        | (?<doubt>(\b\w+n't|\b\w+\snot|\bnot)\s(quite\s|so\s|really\s|even\s)?(sure|certain|clear|know|convinced)\s(if|whether|that|how)\b | \bunclear\s(if|whether|that|how)\b | \bwonder(s|ing)?\s(if|whether)\b
            | \bdoubt(s|ful)?\b | (\b\w+n't|\b\w+\snot|\bnot)\s(necessarily|always|every|all)\b | \bquestionable\b | \bsupposedly\b)
        | (?<whole>(\b\w+n't|\b\w+nt|\b\w+\snot|\bnot|\bcannot|\bnever)\s(really\s)?(true|the\scase|right|correct|think|believe|say|said|mean|agree|see)(\s(me|it|you))?(\sthat\b|\show\b|(?<=think|believe)) | \b(false|wrong|untrue|incorrect|nonsense|a\smyth|a\smistake|no\sevidence)\s(\w+\s){0,2}(that|to\s(say|think|believe))\b)
        | (?<before>\b(is|are|was|'s)\s(just\s|simply\s|plainly\s|completely\s|all\s)?(false|wrong|untrue|incorrect|nonsense|a\smyth|rubbish|not\strue|not\sthe\scase|not\scorrect)\b(?!\s(\w+\s){0,2}(that|to)\b) | \b(isn't|is\snot|isnt)\s(true|so|the\scase|correct)\b(?!\sthat))
        | (?<verb>\b(do|does|did|is|are|was|were|ca|can|could|wo|will|would|has|have|had|should|must|need|might|may)(n't|nt\b|\s+not\b) | \bcannot\b | \bnever\b | \bnot\b | \b(hardly|barely|scarcely|rarely|seldom)\b | \bno\slonger\b | \bfail(s|ed|ing)?\b
            | \b(is|are|be)\s(useless|irrelevant|unimportant|unnecessary|needless|pointless|unrelated|superfluous|impossible|optional)\b | \bunable\b | \black(s|ed)?\b | \brefus(e|es|ed)\b)
        | (?<condition>(?<even>\beven\s)?(\bwith\sno\b | \bwithout\b(?!\s\w+ing\b(?!\s(the\s)?(skip|connection))) | \bif\s(there\s(is|are|were|was)|there's|you\shave|we\shave|it\shas)\sno\b | \bin\sthe\sabsence\sof\b | \bunless\b | \bw/o\b
            | (?<=^\W*(and\s|but\s|so\s|if\syou\s|if\swe\s|once\syou\s|when\syou\s)?)(remov(e|ing)|tak(e|ing)\s(out|away)|drop(ping)?|ablat(e|ing)|cut(ting)?|los(e|ing))\b))
        | (?<amount>\b(no|nothing|nobody|none|neither|nowhere|zero|few)\b | (?<!\b(not|neither|n't)\b.{0,80})\bnor\b)
        | (?<turn>\bwithout\b | \b(prevent|avoid|eliminat|overcom|alleviat|escap|suppress|mitigat|combat|counter|protect|hinder|inhibit|forbid)\w* | \bblock(s|ing)?\b(?=\s(the|any|its|all|gradient|signal|backprop)) | \bblocked\b | \b(unlike|despite)\b | \bstop(s|ped|ping)?\b | \b(instead\sof|rather\sthan|against|free\sof|rid\sof)\b | \b(solv|cur|fix|remed)(e|es|ed|ing|y|ies)\b | \breduc(e|es|ed|ing)\b
            | (?<=\bkeep(s|ing)?\b.{1,60})\bfrom\b(?=\s\w+ing\b) | \b(help(s|ed|ing)?|deal(s|ing)?)\swith\b | \b(address|tackl|handl)(e|es|ed|ing)?\b | \b(take|takes|taking|took|taken)\s(out|away)\b | \bremov(e|es|ed|ing)\b)
        """,
        Options | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 20_000)]
    private static partial Regex Negations { get; }

    // a comma within a list ends nothing; “and” ends a clause where another subject or verb follows
    [GeneratedRegex(
        """
        ,(?!\s(\w+\s){0,2}(or|and|nor)\s\w+\W*$ | \s\w+(\s\w+)?,) | [:()] | \s-+\s
        | \b(but|although|though|whereas|while|because|since|so|cuz|which|who|however|yet|hence|therefore|otherwise)\b
        | \bthat\s(?=(would|does|do|is|are|can|could|cannot|never|don't|doesn't|isn't|aren't)\b)
        | \b(and|or)\s(?=(it|they|this|that|these|we|you|each|every|its|there|i|then|thus|never|not|no|without|prevent\w*|avoid\w*|keeps?|lets?|makes?)\b | (\w+\s){0,3}(do|does|did|is|are|was|were|can|could|will|would|has|have|must|never|cannot|\w+n't)\b)
        """,
        Options | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 20_000)]
    private static partial Regex Boundaries { get; }

    // what is said first as a condition belongs to what follows the comma
    [GeneratedRegex(@"^\W*(and |but |so |then )?(even )?(without|if|unless|when|once|with no|with only|even|remov|tak(e|ing) |drop|ablat|cut|los(e|ing)|in the absence)", Options, matchTimeoutMilliseconds: 20_000)]
    private static partial Regex Condition { get; }

    [GeneratedRegex(@"\b(do|does|did|has|have|had|makes?|made|gives?|adds?|carr(y|ies)|plays?)\s$", Options, matchTimeoutMilliseconds: 20_000)]
    private static partial Regex Doing { get; }

    [GeneratedRegex(@"^\W*(and |but |so )?(if|when|once|unless|in case)\b", Options, matchTimeoutMilliseconds: 20_000)]
    private static partial Regex Hypothesis { get; }

    // “not X but Y”: what is denied is X, and the subject goes with Y
    [GeneratedRegex(@"^but (rather|through|by|with|via|in|from|to|for|of|on|at|instead|only|the|a|an|different|takes?|goes|uses?)\b", Options, matchTimeoutMilliseconds: 20_000)]
    private static partial Regex Contrast { get; }

    [GeneratedRegex(@"^\W*(but |no, |nope, )?(that|this|it|which)('s| is| was| isn't| is not)( just| simply| all| completely)? ?(not |n't )?((?<=not |n't )(true|so|the case|right|correct)|false|wrong|a myth|nonsense|rubbish|incorrect)\W*$", Options, matchTimeoutMilliseconds: 20_000)]
    private static partial Regex Retraction { get; }

    // “nothing to say?” is a condition, “…, right?” a statement
    [GeneratedRegex(@"^\W*(?!(is|are|do|does|did|can|could|will|would|why|what|how|who|which)\b)(\S+\s+){0,3}\S+$|, (right|no|or|yes|correct|isn't it|doesn't it|don't they|aren't they)$", Options, matchTimeoutMilliseconds: 20_000)]
    private static partial Regex Fragment { get; }

    private static IEnumerable<Range> Parts(string words)
    {
        int begin = 0;
        foreach (Match match in Boundaries.Matches(words))
        {
            bool goesOn = match.Value[0] == ',' && Condition.IsMatch(words[begin..match.Index]) && !words[begin..match.Index].Contains(',', StringComparison.Ordinal);
            if (match.Index > begin && !goesOn)
            {
                yield return begin..match.Index;
                begin = match.Index;
            }
        }

        yield return begin..words.Length;
    }

    private static Negator Of(Match match, string words, Range clause)
    {
        Range word = match.Index..(match.Index + match.Length);
        Range forward = word.End.Value..Math.Max(word.End.Value, clause.End.Value);
        if (match.Groups["doubt"].Success)
        {
            return new Negator(NegatorKind.Doubt, word, word.End.Value..words.Length, clause.Start.Value..words.Length);
        }

        if (match.Groups["whole"].Success)
        {
            return new Negator(NegatorKind.Plain, word, word.End.Value..words.Length, word.End.Value..words.Length);
        }

        if (match.Groups["before"].Success)
        {
            return new Negator(NegatorKind.Plain, word, 0..word.Start.Value, 0..word.Start.Value);
        }

        if (match.Groups["condition"].Success)
        {
            return new Negator(match.Groups["even"].Success ? NegatorKind.Plain : NegatorKind.Soft, word, clause, clause);
        }

        // what is so if something is not so is not denied: “if you have nothing to add, …”
        string said = words[clause.Start.Value..match.Index];
        if (Hypothesis.IsMatch(said) && !said.Contains(',', StringComparison.Ordinal))
        {
            return new Negator(NegatorKind.Soft, word, clause, clause);
        }

        if (match.Groups["verb"].Success)
        {
            bool isContrast = Contrast.IsMatch(words[clause.End.Value..]) || string.IsNullOrWhiteSpace(said.Trim(','));
            return new Negator(NegatorKind.Plain, word, forward, isContrast ? forward : clause);
        }

        // “without it nothing is learned”: the condition is turned as well; “does nothing”: perhaps the subject too
        bool reachesBack = Condition.IsMatch(words[clause]) || (match.Groups["amount"].Success && Doing.IsMatch(said));
        return new Negator(match.Groups["amount"].Success ? NegatorKind.Plain : NegatorKind.Soft, word, forward, reachesBack ? clause : forward);
    }
}
