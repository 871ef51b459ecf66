namespace Fukami.Lab.Tests;

public sealed class AttentionByHandTests
{
    private static readonly AttentionByHand Experiment = new();
    private static readonly string[] Small = ["widths=4,64", "draws=200", "seeds=3"];

    [Fact]
    public void The_fixed_example_comes_out_as_on_paper()
    {
        var hand = new HandAttention(AttentionExample.Fixed(causal: true));
        Assert.Equal([1, 1, 0, 1, 1, 0, 3, 0], hand.Query[2]);
        Assert.Equal([1, 2, 0, 0, 1, 1, 0, 1], hand.Key[2]);
        Assert.Equal([1, 4, 3], hand.Scores[0][2]);
        Assert.Equal([4, 0, 1], hand.Scores[1][2]);
        Assert.Equal([0.5, 2, 1.5], hand.Scaled[0][2]);
        Assert.Equal([1, 0, 0], hand.Pattern[0][0]);

        // e^0.5 : e^2 : e^1.5
        double sum = Math.Exp(0.5) + Math.Exp(2) + Math.Exp(1.5);
        Assert.Equal(Math.Exp(2) / sum, hand.Pattern[0][2][1], 12);
        Assert.Equal(((2 * Math.Exp(2)) + Math.Exp(1.5)) / sum, hand.Z[2][1], 12);
    }

    [Fact]
    public void Each_mistake_is_that_mistake()
    {
        AttentionExample example = AttentionExample.Fixed(causal: true);
        var axis = new HandAttention(example, AttentionMistake.WrongAxis);
        Assert.Equal(1, axis.Pattern[0].Sum(row => row[0]), 12);
        Assert.NotEqual(1, axis.Pattern[0][2].Sum(), 3);

        var divided = new HandAttention(example, AttentionMistake.DividedByWidth);
        Assert.Equal([0.25, 1, 0.75], divided.Scaled[0][2]);
        Assert.Equal([1, 4, 3], new HandAttention(example, AttentionMistake.NotScaled).Scaled[0][2]);

        // the first token alone: e^1/(e^1 + e^0 + e^0.5) instead of 1
        var after = new HandAttention(example, AttentionMistake.MaskedAfterSoftmax);
        Assert.Equal(Math.E / (Math.E + 1 + Math.Exp(0.5)), after.Pattern[0][0].Sum(), 12);
        Assert.Equal(0, after.Pattern[0][0][1]);
    }

    [Fact]
    public void Two_equal_numbers_come_close_as_often_as_the_gap_density_says()
    {
        // |x − y| of two normal numbers has density 2/√(4π) at 0; of three, the two largest: 3·2·∫φ²Φ = half of six over √(4π)
        Assert.Equal(1 / Math.Sqrt(Math.PI), ScorePrediction.GapDensity(2), 4);
        Assert.Equal(1.5 / Math.Sqrt(Math.PI), ScorePrediction.GapDensity(3), 4);
    }

    [Fact]
    public void The_scale_decides_whether_the_softmax_stays_open()
    {
        Report report = Run("widths=4,1024", "draws=1000");
        Series[] slopes = [.. report.Series.Where(s => s.Quantity.Id is "softmax_slope" && !s.IsPrediction)];
        Assert.InRange(slopes.Single(s => s.Name is "q·k").Y[1], 0.03, 0.2);
        Assert.InRange(slopes.Single(s => s.Name is "q·k/√d").Y[1], 0.85, 0.97);
    }

    [Fact]
    public void Engine_and_hand_agree_on_every_drawn_example()
    {
        Report report = Run("example=drawn", "tokens=6", "width=5", "heads=3", "head_width=3", "seeds=20", "widths=1");
        Assert.Equal(Verdict.Supported, Of(report, "engine-equals-hand").Single().Verdict);
        Assert.Equal(Verdict.Supported, Of(report, "rows-sum-to-one").Single().Verdict);
        Assert.All(Of(report, "masked-gets-nothing"), c => Assert.Equal(new Interval(0, 0, 0), c.Measured));
    }

    [Fact]
    public void A_mask_after_the_softmax_and_a_single_head_for_two_places_fall_short()
    {
        Report report = Run();
        Assert.Equal(Verdict.Refuted, Of(report, "mask-after-softmax").Single().Verdict);
        Assert.InRange(Of(report, "one-head-one-pattern").Single().Measured.Estimate, 0.45, 0.55);
        Assert.Equal(0, Of(report, "two-heads-two-places").Single().Measured.Estimate, 12);
    }

    [Fact]
    public void One_feature_a_head_makes_the_scales_one_and_their_mistakes_invisible()
    {
        Report report = Run("example=drawn", "head_width=1");
        Assert.Equal(Verdict.Refuted, Of(report, "mistakes-show").Single(c => c.Subject is "divided-by-d").Verdict);
        Assert.Equal(0, Of(report, "mistakes-show").Single(c => c.Subject is "not-scaled").Measured.Estimate);
    }

    [Fact]
    public void Without_a_mask_the_claims_about_it_are_left_out()
    {
        Report report = Run("mask=none");
        Assert.Equal(["unscaled-saturates", "masked-gets-nothing", "mask-after-softmax"], report.Omitted.Select(o => o.Claim.Id));
        Assert.DoesNotContain(report.Tables.Single(t => t.Name is "mistakes").Rows, row => row[0].Text is "mask-after");
    }

    [Fact]
    public void Sizes_of_the_fixed_example_cannot_be_set()
    {
        SettingException error = Assert.Throws<SettingException>(() => Run("tokens=5"));
        Assert.Contains("add example=drawn", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_settings_give_the_same_fingerprint()
    {
        Assert.Equal(Run().Fingerprint, Run().Fingerprint);
        Assert.NotEqual(Run().Fingerprint, Run("seed=2").Fingerprint);
    }

    private static Report Run(params string[] assignments) => Experiment.Run(Experiment.Defaults.With([.. Small, .. assignments]));

    private static ClaimResult[] Of(Report report, string id) => [.. report.Claims.Where(c => c.Claim.Id == id)];
}
