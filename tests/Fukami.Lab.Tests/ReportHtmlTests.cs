using System.Text;
using System.Text.RegularExpressions;

namespace Fukami.Lab.Tests;

public sealed class ReportHtmlTests
{
    private const string Hostile = "</code><script>alert('x')</script>\"><img src=x onerror=alert(1)>";
    private static readonly SampleExperiment Experiment = new();
    private static readonly Report Sample = Experiment.Run(Experiment.Defaults);

    [Theory]
    [InlineData(Language.English, "<html lang=\"en\">", "refuted", "Because.", "Not selected.", "predicted", "factor ≤ 1", "Prediction: factor &lt; 1")]
    [InlineData(Language.Japanese, "<html lang=\"ja\">", "支持", "なぜなら。", "選ばれていない。", "予測", "倍率 ≤ 1", "予測: 倍率 &lt; 1")]
    public void A_page_has_claims_verdicts_intervals_omissions_settings_fingerprint_and_command(Language language, params string[] parts)
    {
        string page = PageOf(Sample, language);
        foreach (string part in (string[])[.. parts, "0.500 [0.400, 0.600]", "A paper", Sample.Fingerprint, "fukami experiment run sample", "<svg", "<details>", "<code>depth</code>"])
        {
            Assert.Contains(part, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_page_asks_nothing_of_anybody_and_runs_nothing()
    {
        string page = PageOf(Sample, Language.English);
        Assert.DoesNotMatch("<script|<link|<iframe|<img|@import|\\son[a-z]+=", page);
        Assert.All(Regex.Matches(page, "(src|href)=\"(?<target>[^\"]*)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).Select(m => m.Groups["target"].Value), target => Assert.StartsWith("#", target, StringComparison.Ordinal));
        Assert.All(Regex.Matches(page, "url\\((?<target>[^)]*)\\)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).Select(m => m.Groups["target"].Value), target => Assert.StartsWith("#", target, StringComparison.Ordinal));
    }

    [Fact]
    public void Hostile_names_and_prompts_stay_text()
    {
        Report report = Sample with
        {
            Settings = Experiment.Defaults.With("model", Hostile),
            Claims = [SampleExperiment.TheClaim.Test(Hostile, Hostile, Bound.AtMost(1), Interval.Exactly(2), new LocalizedText(Hostile, Hostile))],
            Series = [Series.Of(Hostile, SampleExperiment.Gradient, SampleExperiment.Layer, [1, 2], [new(1, 1, 1), new(2, 2, 2)])],
            Tables = [new Table("t", new LocalizedText(Hostile, Hostile), [new TableColumn("a", new LocalizedText(Hostile, Hostile))], [[Hostile]])],
        };
        string page = PageOf(report, Language.English);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("x refuted", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_on_one_page_share_no_ids()
    {
        var other = new Quantity("other", new LocalizedText("other", "別"), "", Logarithmic: false);
        Report report = Sample with { Series = [.. Sample.Series, Series.Of("pre", other, SampleExperiment.Layer, [1, 2], [new(1, 1, 1), new(2, 2, 2)])] };
        string[] ids = [.. Regex.Matches(PageOf(report, Language.English), "\\sid=\"(?<target>[^\"]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).Select(m => m.Groups["target"].Value)];
        Assert.NotEmpty(ids);
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void What_depends_on_the_machine_is_marked()
    {
        Claim timed = SampleExperiment.TheClaim with { DependsOnMachine = true };
        Report report = Sample with { Claims = [timed.Test("post", "1", Bound.AtMost(1), Interval.Exactly(1), new LocalizedText("", ""))] };
        Assert.Contains(MachineDependence.Sentence.English, PageOf(report, Language.English), StringComparison.Ordinal);
        Assert.DoesNotContain(MachineDependence.Sentence.English, PageOf(Sample, Language.English), StringComparison.Ordinal);
    }

    [Fact]
    public void Predictions_are_named_in_the_legend_and_in_the_figures()
    {
        Report report = Sample with { Series = [.. Sample.Series, Series.Predicted("post", SampleExperiment.Gradient, SampleExperiment.Layer, [1, 2, 3], [1, 8, 64])] };
        string page = PageOf(report, Language.Japanese);
        Assert.Contains("細線: 予測", page, StringComparison.Ordinal);
        Assert.Contains("post（予測）", page, StringComparison.Ordinal);
        Assert.DoesNotContain("細線", PageOf(Sample, Language.Japanese), StringComparison.Ordinal);
    }

    [Fact]
    public void The_index_says_how_claims_came_out_and_which_experiment_failed()
    {
        using var stream = new MemoryStream();
        IndexHtml.Write([new IndexEntry(Experiment, Sample), new IndexEntry(Experiment, null, new LocalizedText("It <b>broke</b>.", "壊れた。"))], 3, stream, Language.English);
        string page = Encoding.UTF8.GetString(stream.ToArray());
        foreach (string part in (string[])["sample.html", "Does it fall?", Sample.Fingerprint, "It &lt;b&gt;broke&lt;/b&gt;.", "2 of 3 experiments are finished"])
        {
            Assert.Contains(part, page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("model=a b", "'model=a b'")]
    [InlineData("prompt=it's; rm -rf $HOME", "'prompt=it'\\''s; rm -rf $HOME'")]
    [InlineData("residual=pre,post", "residual=pre,post")]
    public void The_command_that_repeats_is_safe_in_a_shell(string word, string quoted) => Assert.Equal(quoted, RepeatingCommand.Quoted(word));

    private static string PageOf(Report report, Language language)
    {
        using var stream = new MemoryStream();
        ReportHtml.Write(report, stream, language);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
