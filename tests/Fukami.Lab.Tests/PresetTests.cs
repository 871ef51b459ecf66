namespace Fukami.Lab.Tests;

public sealed class PresetTests
{
    public static TheoryData<string, string> All { get; } =
        [.. ExperimentCatalog.All.SelectMany(e => e.Presets.Select(p => new TheoryDataRow<string, string>(e.Id, p.Id)))];

    /// <summary>The five sentences of the lessons that are not literally true, the command that shows each, and the claim that it is about.</summary>
    public static TheoryData<string, string, string> Popular { get; } = new()
    {
        { "gradient-flow", "same-in-every-layer", "same-in-every-layer" },
        { "gradient-flow", "free-way", "direct-path-share" },
        { "identity", "residual-alone", "skip-alone-learns-identity" },
        { "batch-size", "simply-worse", "simply-worse" },
        { "depth-training", "slower-without-skip", "larger-without-skip" },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void A_preset_is_a_set_of_settings_that_can_be_run(string id, string preset)
    {
        Experiment experiment = ExperimentCatalog.Find(id)!;
        experiment.Check(experiment.Defaults.With(experiment.Preset(preset).Assignments));
    }

    [Theory]
    [MemberData(nameof(Popular))]
    public void A_popular_sentence_is_refuted_where_its_preset_says_so(string id, string preset, string claim)
    {
        Experiment experiment = ExperimentCatalog.Find(id)!;
        Preset shown = experiment.Preset(preset);
        Assert.True(shown.IsPopularClaim);
        Report report = experiment.Run(experiment.Defaults.With(shown.Assignments), cancellation: TestContext.Current.CancellationToken);
        Assert.Contains(report.Claims, c => c.Claim.Id == claim && c.Verdict == Verdict.Refuted);
    }

    [Fact]
    public void Ids_of_experiments_and_of_claims_and_presets_within_one_are_unique()
    {
        Assert.Distinct(ExperimentCatalog.All.Select(e => e.Id));
        Assert.All(ExperimentCatalog.All, e => Assert.Distinct(e.Claims.Select(c => c.Id)));
        Assert.All(ExperimentCatalog.All, e => Assert.Distinct(e.Presets.Select(p => p.Id)));
        Assert.All(ExperimentCatalog.All, e => Assert.Equal(["seeds", "seed"], e.Settings.TakeLast(2).Select(s => s.Name)));
    }
}
