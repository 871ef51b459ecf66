using System.Globalization;
using Fukami.Lab;
using Fukami.Web.Components.Reports;
using Plotly.Blazor.Traces;

namespace Fukami.Web.Tests;

public sealed class ChartDrawingTests
{
    private static readonly Quantity Size = new("size", new LocalizedText("size", "大きさ"), "", Logarithmic: true);
    private static readonly Quantity Layer = new("layer", new LocalizedText("layer", "層"), "", Logarithmic: false);

    [Fact]
    public void A_number_that_no_decimal_can_hold_reaches_the_chart_unchanged()
    {
        double[] y = [1e-300, 1e-30, 0.5, 1e30, 1e300];
        Scatter line = Draw(Line(y, y, y))[^1];
        Assert.Equal(y, line.Y.Select(value => value is string text ? double.Parse(text, CultureInfo.InvariantCulture) : (double)value));
        Assert.All(line.Y.OfType<double>(), number => Assert.Equal(number, (double)(decimal)number));
    }

    [Fact]
    public void What_is_not_finite_leaves_a_gap()
    {
        double[] y = [1, double.NaN, double.PositiveInfinity, 2];
        Assert.Equal([1.0, null, null, 2.0], Draw(Line(y, y, y))[^1].Y);
    }

    [Fact]
    public void A_band_has_no_part_where_an_interval_has_no_end()
    {
        Scatter band = Draw(Line([1, 2, 3, 4, 5], [0.5, 1, double.NegativeInfinity, 2, 3], [2, 3, double.PositiveInfinity, 5, 6]))[0];
        Assert.Equal([0.0, 1.0, 1.0, 0.0, null, 3.0, 4.0, 4.0, 3.0, null], band.X);
    }

    [Fact]
    public void An_interval_that_reaches_to_zero_ends_at_the_lowest_figure_of_a_logarithmic_axis()
    {
        Scatter band = Draw(Line([1, 2], [-1, 0.25], [2, 3]))[0];
        Assert.Equal([2.0, 3.0, 0.25, 0.25, null], band.Y);
    }

    [Fact]
    public void Series_differ_in_colour_and_in_marker_and_a_prediction_has_the_colour_of_what_it_predicts()
    {
        LineLook[] looks = [.. Enumerable.Range(0, 14).Select(LineLook.Of)];
        Assert.Equal(14, looks.Select(look => (look.Colour, look.Symbol, look.Dash)).Distinct().Count());
        Assert.Equal(7, looks.Take(7).Select(look => look.Colour).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(7, looks.Take(7).Select(look => look.Outline).Distinct(StringComparer.Ordinal).Count());
        List<Scatter> drawn = Draw(Line([1, 2], [1, 2], [1, 2]), Series.Predicted("pre", Size, Layer, [0, 1], [1, 2]));
        Assert.Equal(drawn[1].Line.Color, drawn[2].Line.Color);
        Assert.NotEqual(drawn[1].Line.Dash, drawn[2].Line.Dash);
    }

    [Fact]
    public void The_words_of_a_series_say_its_ends_and_what_is_between_only_where_it_is_more()
    {
        Assert.Equal("pre: 1.00 at layer 0, 2.00 at 2.", SeriesText.Summary(Line([1, 1.5, 2], [1, 1.5, 2], [1, 1.5, 2]), Language.English));
        Assert.Equal("pre: layer 0 で 1.00、2 で 2.00、最大は 1 で 9.00。".Replace("layer", "層", StringComparison.Ordinal), SeriesText.Summary(Line([1, 9, 2], [1, 9, 2], [1, 9, 2]), Language.Japanese));
    }

    [Theory]
    [InlineData(1e-5, 1e3, null)]
    [InlineData(0.98, 1.04, "0.96 0.98 1 1.02 1.04")]
    [InlineData(1, 1.0000001, "0.85 0.9 0.95 1 1.05 1.1 1.15")]
    [InlineData(-1, 0, null)]
    [InlineData(0.07, 0.9, "0.05 0.1 0.2 0.5 1")]
    [InlineData(2e-6, 11e-6, "2×10<sup>-6</sup> 5×10<sup>-6</sup> 1×10<sup>-5</sup> 2×10<sup>-5</sup>")]
    [InlineData(2e-6, 6e-6, "1×10<sup>-6</sup> 2×10<sup>-6</sup> 3×10<sup>-6</sup> 4×10<sup>-6</sup> 5×10<sup>-6</sup> 6×10<sup>-6</sup>")]
    public void A_logarithmic_axis_has_ticks_that_make_its_figures_readable(double lowest, double highest, string? labels)
    {
        double[] y = [lowest, highest];
        IList<object>? ticks = ChartDrawing.Layout([Line(y, y, y)], _ => false, Language.English).YAxis[0].TickText;
        Assert.Equal(labels, ticks is null ? null : string.Join(' ', ticks));
    }

    [Fact]
    public void An_axis_reaches_as_far_as_what_is_shown_and_further_where_that_differs_by_rounding_alone()
    {
        double[] flat = [1, 1, 1.0000001], steep = [1, 10, 100];
        Series[] both = [Line(flat, flat, flat), Line(steep, steep, steep) with { Name = "none" }];
        Assert.Null(ChartDrawing.Layout(both, _ => false, Language.English).YAxis[0].Range);
        Assert.Null(ChartDrawing.Layout(both, name => name == "pre", Language.English).YAxis[0].Range);
        IList<object> range = ChartDrawing.Layout(both, name => name == "none", Language.English).YAxis[0].Range;
        Assert.Equal([0.9, 1.1], range.Select(end => Math.Round(Math.Pow(10, (double)end), 6)));
    }

    private static Series Line(double[] y, double[] low, double[] high) => new()
    {
        Name = "pre",
        Quantity = Size,
        XQuantity = Layer,
        X = [.. Enumerable.Range(0, y.Length).Select(i => (double)i)],
        Y = y,
        Low = low,
        High = high,
    };

    private static List<Scatter> Draw(params IReadOnlyList<Series> series) => [.. ChartDrawing.Traces(series, _ => LineLook.Of(0), _ => false, Language.English).Cast<Scatter>()];
}
