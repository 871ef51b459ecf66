using Fukami.Lab;

namespace Fukami.Course;

/// <summary>
/// Judges an answer in words without asking anybody. A point is shown by one sentence, or two neighbours, that have a phrase of each of its groups and affirm
/// it. A sentence that denies it, or has what speaks against it, contradicts the point: then it is not credited, and the sentence is quoted. Where a negation
/// may or may not be meant for the point, the judge is unsure and says so.
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
        var reading = new EvidenceReading(answer.Length > LongestAnswer ? answer[..LongestAnswer] : answer, language);

        // a sentence that is false in one point is no evidence for another
        var unsound = rubric.Points.SelectMany(point => reading.Against(point.In(language))).Where(against => against.Stance == Stance.Affirmed).Select(against => against.Place).ToHashSet();
        return Marks.Of(rubric, [.. rubric.Points.Select(point => Find(point, reading, unsound, language))]);
    }

    private static PointFinding Find(RubricPoint point, EvidenceReading reading, HashSet<int> unsound, Language language)
    {
        RubricEvidence evidence = point.In(language);
        (int Place, Range Part, Stance Stance)[] against = [.. reading.Against(evidence).OrderBy(against => against.Stance)];
        if (against is [{ Stance: Stance.Affirmed } first, ..])
        {
            return new PointFinding(point.Id, IsFound: false, reading.Quote(first.Part), IsContradicted: true);
        }

        return reading.Of(evidence, unsound) switch
        {
            (var part, Stance.Affirmed) => new PointFinding(point.Id, IsFound: true, reading.Quote(part)),
            (var part, Stance.Denied) => new PointFinding(point.Id, IsFound: false, reading.Quote(part), IsContradicted: true),
            (var part, _) => new PointFinding(point.Id, IsFound: false, reading.Quote(part), IsUnsure: true),
            null when against.Length > 0 => new PointFinding(point.Id, IsFound: false, reading.Quote(against[0].Part), IsUnsure: true),
            null => new PointFinding(point.Id, IsFound: false),
        };
    }
}
