namespace Fukami.Course;

/// <summary>From the findings of a rubric's points to a judgement: one rule for every judge.</summary>
internal static class Marks
{
    /// <summary>
    /// Right where every essential point is found and none is contradicted, partly right where any point is found, wrong otherwise; not judged where nothing
    /// is found or contradicted and the judge is unsure of something: then the learner decides. The score is the share of points, the essential ones counted twice.
    /// </summary>
    public static Judgement Of(Rubric rubric, IReadOnlyList<PointFinding> findings)
    {
        double reached = 0;
        double whole = 0;
        bool hasEssentials = true;
        foreach ((RubricPoint point, PointFinding finding) in rubric.Points.Zip(findings))
        {
            double weight = point.IsEssential ? 2 : 1;
            whole += weight;
            reached += finding.IsFound ? weight : 0;
            hasEssentials &= finding.IsFound || !point.IsEssential;
        }

        bool contradicts = findings.Any(finding => finding.IsContradicted);
        Outcome outcome = hasEssentials && !contradicts && whole > 0 ? Outcome.Right
            : findings.Any(finding => finding.IsFound) ? Outcome.Partly
            : !contradicts && findings.Any(finding => finding.IsUnsure) ? Outcome.NotJudged
            : Outcome.Wrong;
        return new Judgement(outcome, whole > 0 ? reached / whole : 0, null, findings);
    }
}
