namespace Fukami.Lab.Tests;

public sealed class FingerprintTests
{
    private static readonly Report Sample = new SampleExperiment().Run(new SampleExperiment().Defaults);

    [Fact]
    public void Fingerprint_is_the_same_for_the_same_figures_whatever_the_time_and_the_words()
    {
        Report later = Sample with { ElapsedSeconds = 99, Tables = [], Omitted = [] };
        Report reworded = Sample with { Claims = [Sample.Claims[0] with { Why = new LocalizedText("Other words.", "別の言葉。") }] };
        Assert.Matches("^sha256:[0-9a-f]{64}$", Sample.Fingerprint);
        Assert.Equal(Sample.Fingerprint, later.Fingerprint);
        Assert.Equal(Sample.Fingerprint, reworded.Fingerprint);
    }

    [Fact]
    public void Fingerprint_is_the_one_that_another_implementation_of_the_rule_finds() =>
        Assert.Equal("sha256:c263a88dcdab88c54bbaf45f0074d1c7658e6d82d803a949e276f11d35c1a7ac", Sample.Fingerprint);

    [Fact]
    public void Fingerprint_changes_with_a_setting() =>
        Assert.NotEqual(Sample.Fingerprint, (Sample with { Settings = Sample.Settings.With("depth", "13") }).Fingerprint);

    [Fact]
    public void Fingerprint_changes_with_the_last_bit_of_a_claims_figure()
    {
        ClaimResult claim = Sample.Claims[0];
        ClaimResult moved = claim with { Measured = claim.Measured with { Low = Math.BitIncrement(claim.Measured.Low) } };
        Assert.NotEqual(Sample.Fingerprint, (Sample with { Claims = [moved] }).Fingerprint);
    }

    [Fact]
    public void Fingerprint_changes_with_the_last_bit_of_a_point_of_a_series()
    {
        Series first = Sample.Series[0];
        Series moved = first with { Y = [first.Y[0], Math.BitIncrement(first.Y[1]), first.Y[2]] };
        Assert.NotEqual(Sample.Fingerprint, (Sample with { Series = [moved, Sample.Series[1]] }).Fingerprint);
    }

    [Fact]
    public void Fingerprint_tells_zero_from_minus_zero_but_not_one_not_a_number_from_another()
    {
        Report zero = WithLow(0.0), minusZero = WithLow(-0.0);
        Report nan = WithLow(double.NaN), otherNan = WithLow(BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0123));
        Assert.NotEqual(zero.Fingerprint, minusZero.Fingerprint);
        Assert.Equal(nan.Fingerprint, otherNan.Fingerprint);

        static Report WithLow(double low) => Sample with { Claims = [Sample.Claims[0] with { Measured = new Interval(1, low, 2) }] };
    }
}
