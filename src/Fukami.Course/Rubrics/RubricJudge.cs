using Fukami.Lab;

namespace Fukami.Course;

/// <summary>
/// Judges an answer in words without asking anybody. A point is shown by one sentence, or two neighbours, that have a phrase of each of its groups, and is
/// contradicted by a sentence that has what speaks against it: then it is not credited, and the sentence is quoted.
/// </summary>
public sealed class RubricJudge : IOpenJudge
{
    /// <summary>Longer answers are judged by their beginning.</summary>
    private const int LongestAnswer = 20_000;

    /// <inheritdoc/>
    public Task<Judgement> JudgeAsync(OpenQuestion question, string answer, Language language, CancellationToken cancellation = default) =>
        Task.FromResult(Judge(question.Rubric, answer, language));

    /// <summary>Which points of a rubric an answer shows.</summary>
    public static Judgement Judge(Rubric rubric, string answer, Language language)
    {
        var text = new FoldedText(answer.Length > LongestAnswer ? answer[..LongestAnswer] : answer);
        Range[] sound = [.. text.Sentences.Where(sentence => !rubric.Points.Any(point => Contradicts(text, sentence, point.In(language))))];
        return Marks.Of(rubric, [.. rubric.Points.Select(point => Find(point, text, sound, language))]);
    }

    private static bool Contradicts(FoldedText text, Range sentence, RubricEvidence evidence) => evidence.Against.Any(phrase => text.Has(sentence, phrase));

    // a sentence that is false in one point is no evidence for another
    private static PointFinding Find(RubricPoint point, FoldedText text, Range[] sound, Language language)
    {
        RubricEvidence evidence = point.In(language);
        int contradicting = text.Sentences.ToList().FindIndex(sentence => Contradicts(text, sentence, evidence));
        if (contradicting >= 0)
        {
            return new PointFinding(point.Id, IsFound: false, text.Quote(text.Sentences[contradicting]), IsContradicted: true);
        }

        foreach (Range window in Windows(text.Sentences, sound))
        {
            if (evidence.Groups.Count > 0 && evidence.Groups.All(group => group.Any(phrase => text.Has(window, phrase))))
            {
                return new PointFinding(point.Id, IsFound: true, text.Quote(window), IsContradicted: false);
            }
        }

        return new PointFinding(point.Id, IsFound: false, null, IsContradicted: false);
    }

    // single sentences first, so that the quote is as short as it can be
    private static IEnumerable<Range> Windows(IReadOnlyList<Range> all, Range[] sound) =>
        sound.Concat(all.Zip(all.Skip(1)).Where(pair => sound.Contains(pair.First) && sound.Contains(pair.Second)).Select(pair => pair.First.Start..pair.Second.End));
}
