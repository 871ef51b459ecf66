using System.Text.RegularExpressions;
using Fukami.Transformers;

namespace Fukami.Lab.Tests;

/// <summary>What a claim predicts, and on what grounds, is told in Japanese to whoever reads Japanese.</summary>
public sealed class ClaimLanguageTests
{
    private const RegexOptions Plain = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    /// <summary>What Japanese writes in Latin letters too, beside papers, pages of docs/, arrangements and settings. Shorter words are symbols of a formula.</summary>
    private static readonly string[] SameInJapanese =
        ["DeepNorm", "Elman", "Identity", "Mappings", "LSTM", "ReLU", "Transformer", "Xavier", "norm", "output", "tanh", "value"];

    private static readonly string[] Arrangements = [.. ResidualConnections.All.Select(a => a.Name)];

    public static TheoryData<string> Ids => SmallRuns.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public void What_a_claim_predicts_and_on_what_grounds_has_no_english_left_in_japanese(string id)
    {
        Experiment experiment = ExperimentCatalog.Find(id)!;
        Assert.All(experiment.Claims, claim => Assert.Empty(EnglishOf(claim.Prediction.Japanese, experiment)));
        Assert.All(experiment.Claims, claim => Assert.Empty(EnglishOf(claim.Source.Japanese, experiment)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void What_a_run_predicts_has_no_english_left_in_japanese(string id)
    {
        (Experiment experiment, SettingValues settings) = SmallRuns.Of(id);
        Report report = experiment.Run(settings, cancellation: TestContext.Current.CancellationToken);
        Assert.NotEmpty(report.Claims);
        Assert.All(report.Claims, result => Assert.Empty(EnglishOf(result.Prediction.Japanese, experiment)));
    }

    [Theory]
    [InlineData("1 exactly", "exactly")]
    [InlineData("≥ ½ at the largest depth", "largest")]
    [InlineData("docs/experiments/gradient-flow.md §2, after Xiong et al. 2020 and De & Smith 2020", "after")]
    [InlineData("the popular sentence; docs/experiments/ablation.md §1", "popular", "sentence")]
    [InlineData("厳密に 0 exactly", "exactly")]
    [InlineData("values through output weights", "values", "through", "weights")]
    [InlineData("−0.50 ± 0.08 (pre), deepnorm −0.50 ± 0.05; 4/width")]
    [InlineData("Santurkar et al. 2018; Glorot & Bengio 2010; Derrida 1981")]
    public void An_english_word_is_told_from_a_name(string text, params string[] words) =>
        Assert.Equal(words, EnglishOf(text, ExperimentCatalog.Find("gradient-flow")!));

    private static IEnumerable<string> EnglishOf(string text, Experiment experiment)
    {
        string rest = Regex.Replace(text, @"docs/experiments/[a-z-]+\.md", "", Plain);
        rest = Regex.Replace(rest, @"[A-Z][a-z]+( et al\.| & [A-Z][a-z]+)? \d{4}", "", Plain);
        return Regex.Matches(rest, "[A-Za-z]{4,}", Plain).Select(m => m.Value)
            .Except(SameInJapanese, StringComparer.Ordinal)
            .Except(Arrangements, StringComparer.Ordinal)
            .Except(experiment.Settings.Select(s => s.Name), StringComparer.Ordinal);
    }
}
