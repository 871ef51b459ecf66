using Fukami.Lab;

namespace Fukami.Course;

/// <summary>
/// How a sentence stands to a phrase in it. Every negation that reaches the phrase turns the sentence once, and what the point rules out turns it once more:
/// “does not carry” denies, “does not vanish” and “without it the gradient does not arrive” affirm. A negation that only may reach it leaves the judge unsure.
/// </summary>
internal sealed class Negation
{
    private readonly IReadOnlyList<Negator> negators;
    private readonly bool isAsked;

    /// <summary>Reads a sentence.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">Which of its sentences.</param>
    /// <param name="language">Its language.</param>
    public Negation(FoldedText text, int place, Language language)
    {
        Sentence = text.Sentences[place];
        bool isJapanese = language == Language.Japanese;
        string words = text.Text[Sentence];
        IReadOnlyList<Range> clauses = isJapanese ? JapaneseNegation.Clauses(words) : EnglishNegation.Clauses(words);
        IReadOnlyList<Negator> found = isJapanese ? JapaneseNegation.Negators(words, clauses) : EnglishNegation.Negators(words, clauses);
        isAsked = isJapanese ? JapaneseNegation.Asks(words, text.IsAsked(Sentence)) : EnglishNegation.Asks(words, text.IsAsked(Sentence));
        if (place + 1 < text.Sentences.Count && text.Text[text.Sentences[place + 1]] is var next && (isJapanese ? JapaneseNegation.TakesBack(next) : EnglishNegation.TakesBack(next)))
        {
            found = [.. found, new Negator(NegatorKind.Plain, words.Length..words.Length, 0..words.Length, 0..words.Length)];
        }

        int offset = Sentence.Start.Value;
        Clauses = [.. clauses.Select(clause => clause.Shifted(offset))];
        negators = [.. found.Select(negator => new Negator(negator.Kind, negator.Word.Shifted(offset), negator.Scope.Shifted(offset), negator.Reach.Shifted(offset)))];
    }

    /// <summary>Where the sentence stands.</summary>
    public Range Sentence { get; }

    /// <summary>Its clauses.</summary>
    public IReadOnlyList<Range> Clauses { get; }

    /// <summary>Whether some words hold a plain negation.</summary>
    public static bool IsNegated(string words, Language language)
    {
        string folded = FoldedText.Fold(words);
        IReadOnlyList<Range> whole = [0..folded.Length];
        return folded.Length > 0 && (language == Language.Japanese ? JapaneseNegation.Negators(folded, whole) : EnglishNegation.Negators(folded, whole)).Any(negator => negator.Kind == NegatorKind.Plain);
    }

    /// <summary>How the sentence stands to a phrase.</summary>
    /// <param name="phrase">Where the phrase stands.</param>
    /// <param name="own">Where phrases stand whose own negation is meant (“not over depth”).</param>
    /// <param name="ruledOut">Where words stand for what the point rules out.</param>
    public Stance StanceTo(Range phrase, IReadOnlyList<Range> own, IReadOnlyList<Range> ruledOut)
    {
        Negator[] reaching = [.. negators.Where(negator => negator.Reach.Holds(phrase) && !own.Any(meant => meant.Overlaps(negator.Word)))];
        Negator[] turning = [.. reaching.Where(negator => negator.Kind != NegatorKind.Doubt)];
        if (isAsked || turning.Length < reaching.Length)
        {
            return Stance.Unsure;
        }

        if (turning.Length == 0)
        {
            Range clause = Clauses.FirstOrDefault(clause => clause.Holds(phrase), Sentence);
            bool isNamed = ruledOut.Any(evil => clause.Holds(evil) && !own.Any(meant => meant.Overlaps(evil)) && !negators.Any(negator => negator.Reach.Holds(evil) || negator.Word.Overlaps(evil)));
            return isNamed ? Stance.Unsure : Stance.Affirmed;
        }

        bool turnsOnceMore = ruledOut.Any(evil => !negators.Any(negator => negator.Word.Overlaps(evil)) && turning.Any(negator => negator.Reach.Holds(evil)));
        bool isTurned = (turning.Length + (turnsOnceMore ? 1 : 0)) % 2 == 1;
        return !isTurned ? Stance.Affirmed
            : turning.Any(negator => negator.Kind == NegatorKind.Plain && negator.Scope.Holds(phrase)) ? Stance.Denied
            : Stance.Unsure;
    }
}
