using System.Globalization;
using System.Net;
using Fukami.Lab;
using Plotly.Blazor;
using Plotly.Blazor.LayoutLib;
using Plotly.Blazor.LayoutLib.YAxisLib;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.ScatterLib;
using ScatterLine = Plotly.Blazor.Traces.ScatterLib.Line;
using XAxisType = Plotly.Blazor.LayoutLib.XAxisLib.TypeEnum;
using XTickMode = Plotly.Blazor.LayoutLib.XAxisLib.TickModeEnum;
using YAxisType = Plotly.Blazor.LayoutLib.YAxisLib.TypeEnum;

namespace Fukami.Web.Components.Reports;

/// <summary>The series of one quantity as the chart library takes them: an interval's band, a line, and dashed beside it what was predicted.</summary>
internal static class ChartDrawing
{
    private const int MostMarkedPoints = 40;
    private const int MostTicks = 9;

    /// <summary>The chart's traces, three to a series at most.</summary>
    /// <param name="series">Of one quantity.</param>
    /// <param name="look">How a series of a name is drawn.</param>
    /// <param name="isHidden">Which series' names are switched off.</param>
    /// <param name="language">The reader's language.</param>
    public static List<ITrace> Traces(IReadOnlyList<Series> series, Func<string, LineLook> look, Func<string, bool> isHidden, Language language)
    {
        bool isLogarithmic = series[0].Quantity.Logarithmic;
        double floor = isLogarithmic ? series.SelectMany(line => line.Y.Concat(line.Low)).Where(y => y > 0 && double.IsFinite(y)).DefaultIfEmpty(1).Min() : double.NegativeInfinity;
        var bands = series.Where(line => !line.IsPrediction).Select(ITrace (line) => Band(line, look(line.Name), floor, isHidden(line.Name)));
        return [.. bands, .. series.Select(line => Line(line, look(line.Name), isHidden(line.Name), language))];
    }

    /// <summary>Axes and margins. Colours of letters and grid come from the page's style.</summary>
    /// <param name="series">Of one quantity.</param>
    /// <param name="isHidden">Which series' names are switched off.</param>
    /// <param name="language">The reader's language.</param>
    public static Plotly.Blazor.Layout Layout(IReadOnlyList<Series> series, Func<string, bool> isHidden, Language language)
    {
        (Quantity y, Quantity x) = (series[0].Quantity, series[0].XQuantity);
        var across = new XAxis
        {
            Title = new Plotly.Blazor.LayoutLib.XAxisLib.Title { Text = WebUtility.HtmlEncode(SeriesText.Named(x, language)) },
            Type = x.Logarithmic ? XAxisType.Log : XAxisType.Linear,
            ZeroLine = false,
        };
        double[] places = [.. series.SelectMany(line => line.X).Distinct().Order()];
        if (x.Logarithmic && places.Length <= MostTicks)
        {
            across.TickMode = XTickMode.Array;
            across.TickVals = [.. places];
            across.TickText = [.. places.Select(SeriesText.Place)];
        }

        return new Plotly.Blazor.Layout
        {
            Height = 320,
            AutoSize = true,
            Margin = new Margin { L = 64, R = 12, T = 12, B = 48 },
            PaperBgColor = "rgba(0,0,0,0)",
            PlotBgColor = "rgba(0,0,0,0)",
            ShowLegend = false,
            HoverMode = HoverModeEnum.Closest,
            DragMode = DragModeEnum.False,
            UiRevision = "same",
            XAxis = [across],
            YAxis = [y.Logarithmic ? LogarithmicAxis(series.Where(line => !isHidden(line.Name))) : new YAxis { Type = YAxisType.Linear, ExponentFormat = ExponentFormatEnum.Power, ZeroLine = false }],
        };
    }

    private static YAxis LogarithmicAxis(IEnumerable<Series> series)
    {
        var axis = new YAxis { Type = YAxisType.Log, ExponentFormat = ExponentFormatEnum.Power, MinorLogLabels = MinorLogLabelsEnum.None, ZeroLine = false };
        if (LogarithmicScale.Of(series) is { SpansManyPowers: false } scale)
        {
            axis.TickMode = TickModeEnum.Array;
            axis.TickVals = [.. scale.Ticks.Select(tick => Number(tick)!)];
            axis.TickText = [.. scale.Ticks.Select(TickLabel)];
            if (scale.IsFlat)
            {
                axis.Range = [Math.Log10(scale.Lowest), Math.Log10(scale.Highest)];
            }
        }

        return axis;
    }

    private static object TickLabel(double tick)
    {
        int power = (int)Math.Floor(Math.Log10(tick));
        return power is >= -3 and <= 3
            ? SeriesText.Place(tick)
            : string.Create(CultureInfo.InvariantCulture, $"{tick / Math.Pow(10, power):0.####}×10<sup>{power}</sup>");
    }

    /// <summary>What the chart can do: zoom, move, reset, and keep the picture.</summary>
    public static Config Config(Language language) => new()
    {
        Responsive = true,
        DisplayLogo = false,
        ModeBarButtonsToRemove = new[] { "select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d" },
        Locale = language == Language.Japanese ? "ja" : "en",
        Locales = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["ja"] = new
            {
                dictionary = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["Zoom"] = "拡大",
                    ["Pan"] = "移動",
                    ["Reset axes"] = "元の範囲に戻す",
                    ["Download plot as a PNG"] = "PNG で保存",
                    ["Download plot as a png"] = "PNG で保存",
                    ["Double-click to zoom back out"] = "ダブルクリックで元に戻す",
                },
            },
        },
    };

    private static Scatter Line(Series line, LineLook look, bool isHidden, Language language) => new()
    {
        Name = line.Name,
        X = Numbers(line.X),
        Y = Numbers(line.Y),
        TextArray = [.. Enumerable.Range(0, line.X.Count).Select(i => Hover(line, i, language))],
        HoverTemplate = "%{text}<extra></extra>",
        Mode = line.IsPrediction || line.X.Count > MostMarkedPoints ? ModeFlag.Lines : ModeFlag.Lines | ModeFlag.Markers,
        Line = new ScatterLine { Color = look.Colour, Dash = line.IsPrediction ? "dot" : look.Dash, Width = line.IsPrediction ? 1.6m : 2.2m },
        Marker = new Marker { Color = look.Colour, Symbol = look.Symbol, Size = 7 },
        Visible = isHidden ? VisibleEnum.False : VisibleEnum.True,
    };

    // one closed outline for every stretch of points whose interval has two ends
    private static Scatter Band(Series line, LineLook look, double floor, bool isHidden)
    {
        List<object?> x = [], y = [];
        int begin = 0;
        for (int i = 0; i <= line.X.Count; i++)
        {
            if (i < line.X.Count && double.IsFinite(line.Low[i]) && double.IsFinite(line.High[i]) && line.High[i] >= floor)
            {
                continue;
            }

            if (i - begin > 1)
            {
                IEnumerable<int> there = Enumerable.Range(begin, i - begin), back = there.Reverse();
                x.AddRange([.. there.Select(j => Number(line.X[j])), .. back.Select(j => Number(line.X[j])), null]);
                y.AddRange([.. there.Select(j => Number(line.High[j])), .. back.Select(j => Number(Math.Max(floor, line.Low[j]))), null]);
            }

            begin = i + 1;
        }

        return new Scatter
        {
            Name = line.Name,
            X = x!,
            Y = y!,
            Mode = ModeFlag.Lines,
            Line = new ScatterLine { Width = 0 },
            Fill = FillEnum.ToSelf,
            FillColor = look.Veil,
            HoverInfo = HoverInfoFlag.Skip,
            Visible = isHidden ? VisibleEnum.False : VisibleEnum.True,
        };
    }

    private static string Hover(Series line, int i, Language language)
    {
        string figure = line.IsPrediction ? Figure.Of(line.Y[i]) : Figure.Of(new Interval(line.Y[i], line.Low[i], line.High[i]));
        return WebUtility.HtmlEncode(SeriesText.Name(line, language)) + "<br>" + WebUtility.HtmlEncode($"{line.XQuantity.Label.In(language)} {SeriesText.Place(line.X[i])}: {figure}");
    }

    private static List<object> Numbers(IReadOnlyList<double> numbers) => [.. numbers.Select(number => Number(number)!)];

    // What is not finite has no place on an axis, and leaves a gap. The chart library sends numbers as decimals, which cannot hold 1e30 and take 1e-30 for zero;
    // in the browser a text of digits is as good as a number.
    private static object? Number(double number) => !double.IsFinite(number) ? null
        : number == 0 || Math.Abs(number) is > 1e-9 and < 1e15 ? number
        : number.ToString("R", CultureInfo.InvariantCulture);
}
