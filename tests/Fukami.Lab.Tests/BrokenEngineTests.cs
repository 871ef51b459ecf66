using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab.Tests;

/// <summary>Verdicts are worth something only if they notice: with a broken part in the engine, the claims that depend on it turn to refuted.</summary>
public sealed class BrokenEngineTests
{
    private static readonly Bilingual Broken = new("Broken.", "壊れている。");

    /// <summary>Pre-norm that forgets its skip path: F(N(x)).</summary>
    private static readonly ResidualArrangement DroppedSkip = new(
        "pre", Broken, FinalNorm: true, static layer => layer.InOrder(static at => new WithoutSkip(at.NormBefore(), at.Branch)));

    [Fact]
    public void A_dropped_residual_refutes_that_skips_carry_the_gradient()
    {
        string[] settings = ["residual=pre", "depth=6", "depths=2"];
        AssertSupported(Run("gradient-flow", settings), "direct-path-share");
        using (ChoiceTable.Substitute(DroppedSkip))
        {
            AssertRefuted(Run("gradient-flow", settings), "direct-path-share");
        }

        AssertSupported(Run("gradient-flow", settings), "direct-path-share");
    }

    private static Report Run(string id, params string[] settings)
    {
        Experiment experiment = ExperimentCatalog.Find(id)!;
        return experiment.Run(experiment.Defaults.With(settings), cancellation: TestContext.Current.CancellationToken);
    }

    private static void AssertSupported(Report report, params string[] claims) => AssertVerdict(Verdict.Supported, report, claims);

    private static void AssertRefuted(Report report, params string[] claims) => AssertVerdict(Verdict.Refuted, report, claims);

    private static void AssertVerdict(Verdict verdict, Report report, string[] claims)
    {
        foreach (string claim in claims)
        {
            ClaimResult[] results = [.. report.Claims.Where(c => c.Claim.Id == claim)];
            Assert.NotEmpty(results);
            Assert.All(results, r => Assert.True(r.Verdict == verdict, $"{claim} of {r.Subject}: {r.Measured} against {r.Bound} is {r.Verdict}"));
        }
    }

    private sealed class WithoutSkip(INormalization norm, Point branch) : IResidualConnection
    {
        public Tensor Around(Tensor x, ISublayer sublayer, PassContext pass) => sublayer.Forward(norm.Forward(x, pass), pass).At(branch);
    }
}
