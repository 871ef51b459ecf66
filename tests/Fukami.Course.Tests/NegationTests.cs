using Fukami.Lab;

namespace Fukami.Course.Tests;

/// <summary>Sentences with the words of a point, denied, affirmed by a negation, left open, or on another matter: what the judge makes of each.</summary>
public sealed class NegationTests(ITestOutputHelper output)
{
    private static readonly CourseContent Course = CourseFolder.Open(CourseFolder.Shipped);

    public static TheoryData<string> Files => ["probes.yaml", "probes-held-out.yaml"];

    [Theory]
    [MemberData(nameof(Files))]
    public void No_denial_is_credited_and_the_learner_is_told(string file) =>
        AssertEach(file, "no", finding => !finding.IsFound && (finding.IsContradicted || finding.IsUnsure));

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_right_is_not_called_contradicted_because_it_has_a_negation(string file) => AssertEach(file, "yes", finding => !finding.IsContradicted);

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_left_open_is_neither_credited_nor_called_contradicted(string file) => AssertEach(file, "open", finding => !finding.IsFound && !finding.IsContradicted);

    [Theory]
    [MemberData(nameof(Files))]
    public void Another_matter_with_the_same_words_is_not_credited(string file) => AssertEach(file, "nothing", finding => !finding.IsFound);

    [Theory]
    [MemberData(nameof(Files))]
    public void Most_findings_are_what_a_person_says_and_not_a_mere_doubt(string file)
    {
        Probe[] probes = Probes(file);
        int exact = 0;
        foreach (Probe probe in probes)
        {
            PointFinding finding = probe.Finding();
            bool same = finding.IsFound == (probe.Says == "yes") && finding.IsContradicted == (probe.Says == "no") && finding.IsUnsure == (probe.Says == "open");
            exact += same ? 1 : 0;
            output.WriteLine(same ? "" : $"{probe.Says}: {Show(finding)}: {probe.Text}");
        }

        output.WriteLine($"{file}: {exact} of {probes.Length} exactly as a person says.");
        Assert.True(exact >= 0.75 * probes.Length, $"{exact} of {probes.Length}");
    }

    private static void AssertEach(string file, string says, Func<PointFinding, bool> holds)
    {
        Probe[] probes = [.. Probes(file).Where(probe => probe.Says == says)];
        Assert.NotEmpty(probes);
        Assert.All(probes, probe => Assert.True(holds(probe.Finding()), $"{Show(probe.Finding())}: {probe.Text}"));
    }

    private static string Show(PointFinding finding) => finding.IsFound ? "found" : finding.IsContradicted ? "contradicted" : finding.IsUnsure ? "unsure" : "not found";

    private static Probe[] Probes(string file) =>
    [
        .. Fixture.Items(file, "probes").Select(node => new Probe(
            Fixture.LanguageOf(Fixture.Text(node, "language")!), Fixture.Text(node, "question")!, Fixture.Text(node, "point")!, Fixture.Text(node, "says")!, Fixture.Text(node, "text")!)),
    ];

    private sealed record Probe(Language Language, string Question, string Point, string Says, string Text)
    {
        public PointFinding Finding() =>
            RubricJudge.Judge(((OpenQuestion)Course.Question(Question, Language)!).Rubric, Text, Language).Points!.Single(finding => finding.Point == Point);
    }
}
