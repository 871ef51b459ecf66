using CsCheck;
using Fukami.Lab;
using YamlDotNet.RepresentationModel;

namespace Fukami.Course.Tests;

public sealed class RubricJudgeTests(ITestOutputHelper output)
{
    private static readonly CourseContent Course = CourseFolder.Open(CourseFolder.Shipped);

    public static TheoryData<Language> Languages => [Language.English, Language.Japanese];

    [Theory]
    [MemberData(nameof(Languages))]
    public void At_least_85_percent_of_points_agree_with_marks_by_hand(Language language)
    {
        (int agree, int all) = Compare(language, (_, _) => true);
        (int heldOut, int ofHeldOut) = Compare(language, (place, _) => IsHeldOut(place));
        output.WriteLine($"{language}: {agree} of {all} points agree; of answers that were not tuned on, {heldOut} of {ofHeldOut}.");
        Assert.True(agree >= 0.85 * all, $"{agree} of {all} points agree.");
        Assert.True(heldOut >= 0.85 * ofHeldOut, $"{heldOut} of {ofHeldOut} points of held-out answers agree.");
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_false_sentence_with_the_rubrics_words_is_not_credited_and_said_to_be_false(Language language)
    {
        foreach (Marked marked in Answers(language).Where(answer => answer.Kind == "false"))
        {
            Judgement judgement = Judge(marked, language);
            Assert.True(judgement.Points!.All(point => !point.IsFound), $"{marked.Text}: {string.Join(", ", judgement.Points!.Where(point => point.IsFound).Select(point => point.Point))}");
            Assert.True(judgement.Points!.Any(point => point.IsContradicted), marked.Text);
            Assert.Equal(Outcome.Wrong, judgement.Outcome);
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_model_answer_shows_every_point(Language language)
    {
        foreach (OpenQuestion question in Course.Sessions(language).SelectMany(session => session.Questions).OfType<OpenQuestion>())
        {
            Judgement judgement = RubricJudge.Judge(question.Rubric, question.ModelAnswer, language);
            Assert.True(judgement.Points!.All(point => point.IsFound), $"{question.Id}: {string.Join(", ", judgement.Points!.Where(point => !point.IsFound).Select(point => $"{point.Point} {point.Quote}"))}");
            Assert.Equal(1, judgement.Score);
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_quote_is_the_learners_own_words(Language language)
    {
        foreach (Marked marked in Answers(language))
        {
            Assert.All(Judge(marked, language).Points!.Where(point => point.Quote is not null), point => Assert.Contains(point.Quote!, marked.Text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Any_text_is_judged_without_failing() => Gen.String.Sample(text =>
    {
        foreach (OpenQuestion question in Course.Sessions(Language.English).SelectMany(session => session.Questions).OfType<OpenQuestion>())
        {
            Judgement judgement = RubricJudge.Judge(question.Rubric, text, Language.Japanese);
            Assert.InRange(judgement.Score, 0, 1);
        }
    });

    [Fact]
    public void An_empty_answer_is_wrong() =>
        Assert.Equal(Outcome.Wrong, RubricJudge.Judge(((OpenQuestion)Course.Question("why-deep", Language.English)!).Rubric, "  ", Language.English).Outcome);

    // every third was written before tuning began and looked at only afterwards
    private static bool IsHeldOut(int place) => place % 3 == 2;

    private (int Agree, int All) Compare(Language language, Func<int, Marked, bool> counts)
    {
        int agree = 0;
        int all = 0;
        foreach ((int place, Marked marked) in Answers(language).Index())
        {
            if (!counts(place, marked))
            {
                continue;
            }

            foreach (PointFinding finding in Judge(marked, language).Points!)
            {
                bool same = finding.IsFound == marked.Found.Contains(finding.Point, StringComparer.Ordinal) && finding.IsContradicted == marked.Contradicted.Contains(finding.Point, StringComparer.Ordinal);
                agree += same ? 1 : 0;
                all++;
                if (!same && !IsHeldOut(place))
                {
                    output.WriteLine($"{marked.Question} {finding.Point}: found {finding.IsFound}, contradicted {finding.IsContradicted} “{finding.Quote}” in: {marked.Text}");
                }
            }
        }

        return (agree, all);
    }

    private static Judgement Judge(Marked marked, Language language) => RubricJudge.Judge(((OpenQuestion)Course.Question(marked.Question, language)!).Rubric, marked.Text, language);

    private static IReadOnlyList<Marked> Answers(Language language)
    {
        using Stream stream = typeof(RubricJudgeTests).Assembly.GetManifestResourceStream(language == Language.Japanese ? "ja.yaml" : "en.yaml")!;
        using var reader = new StreamReader(stream);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return [.. ((YamlSequenceNode)yaml.Documents[0].RootNode["answers"]).Select(node => new Marked((string)node["question"]!, (string)node["kind"]!, (string)node["text"]!, Ids(node, "found"), Ids(node, "contradicted")))];
    }

    private static string[] Ids(YamlNode node, string key) =>
        ((YamlMappingNode)node).Children.TryGetValue(new YamlScalarNode(key), out YamlNode? ids) ? [.. ((YamlSequenceNode)ids).Select(id => (string)id!)] : [];

    private sealed record Marked(string Question, string Kind, string Text, string[] Found, string[] Contradicted);
}
