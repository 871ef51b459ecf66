using Fukami.Lab;

namespace Fukami.Web.Tests;

public sealed class ReportPanelTests
{
    private static readonly Quantity Layer = new("layer", new LocalizedText("layer", "層"), "", Logarithmic: false);
    private static readonly Report Before = Reported(Line("gradient", "pre", 1), Line("gradient", "post", 2), Line("weight", "pre", 3));

    [Fact]
    public void A_chart_stays_the_earlier_one_until_no_line_of_it_is_missing()
    {
        Report begun = Reported(Line("gradient", "pre", 5), Line("weight", "pre", 6));
        IReadOnlyList<ReportPanel> panels = ReportPanel.Of(begun, Before);
        Assert.Equal([("gradient", true), ("weight", false)], panels.Select(panel => (panel.Series[0].Quantity.Id, panel.IsEarlier)));
        Assert.Equal([1, 2, 6], panels.SelectMany(panel => panel.Series).Select(line => line.Y[0]));
    }

    [Fact]
    public void A_chart_that_only_the_new_run_has_comes_last_and_without_an_earlier_report_all_are_of_the_run()
    {
        Report other = Reported(Line("entropy", "pre", 7));
        Assert.Equal(["gradient", "weight", "entropy"], ReportPanel.Of(other, Before).Select(panel => panel.Series[0].Quantity.Id));
        Assert.All(ReportPanel.Of(Before, null), panel => Assert.False(panel.IsEarlier));
    }

    [Fact]
    public void Only_a_whole_chart_with_other_figures_is_news()
    {
        Assert.False(ReportPanel.HasNews(Before, Before));
        Assert.False(ReportPanel.HasNews(Reported(Line("gradient", "pre", 5), Line("weight", "pre", 3)), Before));
        Assert.True(ReportPanel.HasNews(Reported(Line("gradient", "pre", 1), Line("gradient", "post", 4)), Before));
        Assert.True(ReportPanel.HasNews(Before, null));
    }

    [Fact]
    public void A_prediction_is_not_taken_for_the_measurement_of_its_name() =>
        Assert.True(ReportPanel.HasNews(Reported(Line("weight", "pre", 3) with { IsPrediction = true }), Reported(Line("weight", "pre", 3))));

    private static Series Line(string quantity, string name, double y) => new()
    {
        Name = name,
        Quantity = new Quantity(quantity, new LocalizedText(quantity, quantity), "", Logarithmic: true),
        XQuantity = Layer,
        X = [0],
        Y = [y],
        Low = [y],
        High = [y],
    };

    private static Report Reported(params Series[] lines)
    {
        Experiment experiment = ExperimentCatalog.Find("gradient-flow")!;
        return new Report { Experiment = experiment, Settings = experiment.Defaults, Claims = [], Series = lines };
    }
}
