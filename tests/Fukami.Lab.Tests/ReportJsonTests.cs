using System.Text;
using System.Text.Json;

namespace Fukami.Lab.Tests;

public sealed class ReportJsonTests
{
    private static readonly Report Sample = new SampleExperiment().Run(new SampleExperiment().Defaults);

    [Fact]
    public void Json_has_the_documented_members_in_order()
    {
        using JsonDocument json = Parse(Sample);
        Assert.Equal(
            ["experiment", "settings", "claims", "omitted_claims", "series", "tables", "elapsed_seconds", "fingerprint"],
            json.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(
            ["id", "subject", "statement", "prediction", "prediction_ja", "source", "bound", "measured", "low", "high", "verdict", "why"],
            json.RootElement.GetProperty("claims")[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(
            ["name", "quantity", "unit", "label", "logarithmic", "x_quantity", "x_unit", "x_label", "x", "y", "low", "high"],
            json.RootElement.GetProperty("series")[0].EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public void Json_holds_settings_with_their_own_types()
    {
        using JsonDocument json = Parse(Sample);
        Assert.Equal(
            """{"residual":["pre","post"],"depth":12,"rate":0.5,"depths":[2,4],"model":"","activation":"relu"}""",
            JsonSerializer.Serialize(json.RootElement.GetProperty("settings")));
    }

    [Fact]
    public void Json_holds_claims_in_both_languages_with_their_figures()
    {
        using JsonDocument json = Parse(Sample);
        JsonElement claim = json.RootElement.GetProperty("claims")[0];
        Assert.Equal("it-falls", claim.GetProperty("id").GetString());
        Assert.Equal("小さくなる。", claim.GetProperty("statement").GetProperty("ja").GetString());
        Assert.Equal("It falls.", claim.GetProperty("statement").GetProperty("en").GetString());
        Assert.Equal(0.4, claim.GetProperty("low").GetDouble());
        Assert.Equal("supported", claim.GetProperty("verdict").GetString());
        Assert.Equal("-Infinity", claim.GetProperty("bound")[0].GetString());
        Assert.Equal(Sample.Fingerprint, json.RootElement.GetProperty("fingerprint").GetString());
    }

    [Fact]
    public void A_prediction_and_its_source_stay_english_strings_with_the_japanese_beside_them_where_it_differs()
    {
        Claim claim = SampleExperiment.TheClaim with { Source = new LocalizedText("A paper, theorem 1", "ある論文の定理 1") };
        using JsonDocument json = Parse(Sample with { Claims = [Sample.Claims[0] with { Claim = claim }, claim.Test("pre", "≤ 1", Bound.AtMost(1), Interval.Exactly(1), claim.Statement)] });
        JsonElement claims = json.RootElement.GetProperty("claims");
        Assert.Equal("factor ≤ 1", claims[0].GetProperty("prediction").GetString());
        Assert.Equal("倍率 ≤ 1", claims[0].GetProperty("prediction_ja").GetString());
        Assert.Equal("A paper, theorem 1", claims[0].GetProperty("source").GetString());
        Assert.Equal("ある論文の定理 1", claims[0].GetProperty("source_ja").GetString());
        Assert.Equal("≤ 1", claims[1].GetProperty("prediction").GetString());
        Assert.False(claims[1].TryGetProperty("prediction_ja", out _));
    }

    [Fact]
    public void Figures_that_json_cannot_write_are_strings()
    {
        using JsonDocument json = Parse(Sample);
        JsonElement series = json.RootElement.GetProperty("series");
        Assert.Equal("Infinity", series[0].GetProperty("high")[2].GetString());
        Assert.Equal("NaN", series[1].GetProperty("high")[1].GetString());
        Assert.Equal("-Infinity", json.RootElement.GetProperty("tables")[0].GetProperty("rows")[1][1].GetString());
    }

    [Fact]
    public void Japanese_is_written_as_japanese() => Assert.Contains("小さくなる", Text(Sample), StringComparison.Ordinal);

    [Fact]
    public void An_interrupted_run_says_so()
    {
        using JsonDocument json = Parse(Sample with { Interrupted = true });
        Assert.True(json.RootElement.GetProperty("interrupted").GetBoolean());
    }

    [Fact]
    public void A_report_of_a_run_that_goes_on_says_so()
    {
        using JsonDocument json = Parse(Sample with { Partial = true });
        Assert.True(json.RootElement.GetProperty("partial").GetBoolean());
        using JsonDocument whole = Parse(Sample);
        Assert.False(whole.RootElement.TryGetProperty("partial", out _));
    }

    [Fact]
    public void A_report_that_rests_on_earlier_runs_says_so()
    {
        Report resting = Sample with { Remembered = 3, ElapsedSeconds = 0.04 };
        using JsonDocument json = Parse(resting);
        Assert.Equal(3, json.RootElement.GetProperty("remembered").GetInt32());
        Assert.Equal("Measured in 0.04 s, with what earlier runs had measured", resting.Timing.English);
        using JsonDocument whole = Parse(Sample);
        Assert.False(whole.RootElement.TryGetProperty("remembered", out _));
    }

    private static JsonDocument Parse(Report report) => JsonDocument.Parse(Text(report));

    private static string Text(Report report)
    {
        using var stream = new MemoryStream();
        ReportJson.Write(report, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
