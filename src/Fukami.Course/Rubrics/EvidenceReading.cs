using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Reads a learner's sentences against the evidence of a point: which sentence bears on the point, and whether it affirms or denies it.</summary>
internal sealed class EvidenceReading
{
    private readonly FoldedText text;
    private readonly Negation[] sentences;

    /// <summary>Reads an answer.</summary>
    public EvidenceReading(string answer, Language language)
    {
        text = new FoldedText(answer);
        sentences = [.. text.Sentences.Select((_, place) => new Negation(text, place, language))];
    }

    /// <summary>The learner's words.</summary>
    public string Quote(Range part) => text.Quote(part);

    /// <summary>The folded answer.</summary>
    public string Text => text.Text;

    /// <summary>Where words stand in the answer, whatever spaces and breaks are between them; none if they do not.</summary>
    public Range? Place(string words)
    {
        string[] pieces = FoldedText.Fold(words).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        for (int at = 0; pieces.Length > 0 && (at = Text.IndexOf(pieces[0], at, StringComparison.Ordinal)) >= 0; at++)
        {
            int end = at;
            bool fits = pieces.All(piece =>
            {
                while (end > at && end < Text.Length && char.IsWhiteSpace(Text[end]))
                {
                    end++;
                }

                bool isHere = Text.AsSpan(end).StartsWith(piece, StringComparison.Ordinal);
                end += isHere ? piece.Length : 0;
                return isHere;
            });
            if (fits)
            {
                return at..end;
            }
        }

        return null;
    }

    /// <summary>How the sentence around some words stands to them; what spans sentences says itself what it says.</summary>
    public Stance StanceTo(Range words, RubricEvidence evidence) =>
        Array.Find(sentences, sentence => sentence.Sentence.Holds(words))?.StanceTo(words, [], [.. evidence.RulesOut.SelectMany(phrase => text.Find(0..Text.Length, phrase))]) ?? Stance.Affirmed;

    /// <summary>The sentences in which something speaks against a point: <see cref="Stance.Affirmed"/> where the sentence says it, unsure where it may.</summary>
    public IEnumerable<(int Place, Range Part, Stance Stance)> Against(RubricEvidence evidence)
    {
        foreach ((int place, Negation sentence) in sentences.Index())
        {
            Stance[] stances = [.. evidence.Against.SelectMany(phrase => text.Find(sentence.Sentence, phrase)).Select(at => sentence.StanceTo(at, [at], [])).Where(stance => stance != Stance.Denied)];
            if (stances.Length > 0)
            {
                yield return (place, sentence.Sentence, stances.Min());
            }
        }
    }

    /// <summary>
    /// How the answer stands to a point, and the words; none where nothing bears on it. Single sentences come before neighbours, so that the quote is as short
    /// as it can be; of neighbours, nobody can be sure that the denial in one is meant for the other.
    /// </summary>
    /// <param name="evidence">What counts as evidence.</param>
    /// <param name="unsound">Sentences that say something false and are no evidence for anything.</param>
    public (Range Part, Stance Stance)? Of(RubricEvidence evidence, IReadOnlySet<int> unsound)
    {
        int[] sound = [.. Enumerable.Range(0, sentences.Length).Where(place => !unsound.Contains(place))];
        var single = sound.Select(place => Reading(evidence, [sentences[place]])).OfType<(Range Part, Stance Stance)>().ToList();
        if (single.Count > 0)
        {
            return Together(single);
        }

        var pairs = sound.Where(place => sound.Contains(place + 1)).Select(place => Reading(evidence, [sentences[place], sentences[place + 1]])).OfType<(Range Part, Stance Stance)>().ToList();
        return pairs.Count == 0 ? null
            : pairs.MinBy(reading => reading.Stance) is var best && best.Stance == Stance.Affirmed ? best
            : (best.Part, Stance.Unsure);
    }

    // who says it and denies it too leaves the judge unsure, with the denial as what is to be looked at
    private static (Range Part, Stance Stance) Together(List<(Range Part, Stance Stance)> readings)
    {
        (Range Part, Stance Stance) best = readings.MinBy(reading => reading.Stance);
        (Range Part, Stance Stance) worst = readings.MaxBy(reading => reading.Stance);
        return worst.Stance == Stance.Denied && best.Stance != Stance.Denied ? (worst.Part, Stance.Unsure) : best;
    }

    private (Range Part, Stance Stance)? Reading(RubricEvidence evidence, Negation[] window)
    {
        Range part = window[0].Sentence.Start.Value..window[^1].Sentence.End.Value;
        Range[][] groups = [.. evidence.Groups.Select(group => group.SelectMany(phrase => text.Find(part, phrase)).ToArray())];
        if (groups.Length == 0 || groups.Any(group => group.Length == 0))
        {
            return null;
        }

        Range[] own = [.. groups.SelectMany(group => group)];
        Range[] ruledOut = [.. evidence.RulesOut.SelectMany(phrase => text.Find(part, phrase))];

        // a clause that has all of it says more than words from here and there
        var clauses = window.SelectMany(sentence => sentence.Clauses)
            .Where(clause => groups.All(group => group.Any(phrase => clause.Holds(phrase))))
            .Select(clause => (part, Worst(group => group.Where(phrase => clause.Holds(phrase)))))
            .ToList();
        return clauses.Count > 0 ? Together(clauses) : (part, Worst(group => group));

        Stance Worst(Func<Range[], IEnumerable<Range>> choose) => groups.Max(group => choose(group).Min(Stands));

        Stance Stands(Range phrase) => Array.Find(window, sentence => sentence.Sentence.Holds(phrase)) is { } sentence ? sentence.StanceTo(phrase, own, ruledOut) : Stance.Affirmed;
    }
}
