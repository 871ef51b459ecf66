using System.Globalization;
using ScottPlot;
using SkiaSharp;

namespace Fukami.Lab;

/// <summary>
/// A report's series as a picture: a panel for each quantity, a line for each series with its 95 % band, an axis in powers of ten
/// where the quantity varies by factors. SVG or PNG, by the file's extension.
/// </summary>
public static class ReportPlot
{
    private const int PanelWidth = 620;
    private const int PanelHeight = 420;
    private const int LegendHeight = 46;
    private const float PngScale = 2;

    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"];

    // colour and marker together tell lines apart; SVG output knows no dashes
    private static readonly MarkerShape[] Markers =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond,
        MarkerShape.FilledTriangleDown, MarkerShape.OpenCircle, MarkerShape.OpenSquare, MarkerShape.OpenTriangleUp,
    ];

    /// <summary>Says now, before a long run, if this file could not be a plot.</summary>
    /// <exception cref="SettingException">The extension is neither .svg nor .png.</exception>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Probe(string path)
    {
        _ = IsSvg(path);
        AtomicFile.Probe(path);
    }

    /// <summary>Draws the report into a file.</summary>
    /// <exception cref="SettingException">The extension is neither .svg nor .png.</exception>
    /// <exception cref="OutputException">No font fits, or the file cannot be written.</exception>
    public static void Write(Report report, string path, Language language)
    {
        bool svg = IsSvg(path);
        string font = PlotFont.Family(language);
        List<List<Series>> panels = [.. report.Series.GroupBy(s => s.Quantity.Id, StringComparer.Ordinal).Select(g => g.ToList())];
        string[] names = [.. report.Series.Select(s => s.Name).Distinct(StringComparer.Ordinal)];
        int columns = panels.Count == 1 ? 1 : 2;
        int rows = (panels.Count + columns - 1) / columns;
        int width = columns * PanelWidth;
        int height = (rows * PanelHeight) + LegendHeight;

        AtomicFile.Write(path, stream =>
        {
            if (svg)
            {
                using SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, width, height), stream);
                Draw(canvas);
            }
            else
            {
                using SKSurface surface = SKSurface.Create(new SKImageInfo((int)(width * PngScale), (int)(height * PngScale)));
                surface.Canvas.Scale(PngScale);
                Draw(surface.Canvas);
                using SKImage image = surface.Snapshot();
                using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
                data.SaveTo(stream);
            }
        });

        void Draw(SKCanvas canvas)
        {
            canvas.Clear(SKColors.White);
            for (int i = 0; i < panels.Count; i++)
            {
                Plot plot = Panel(panels[i], names, language, font);
                int left = i % columns * PanelWidth;
                int top = (i / columns * PanelHeight) + LegendHeight;
                canvas.Save();
                canvas.ClipRect(new SKRect(left, top, left + PanelWidth, top + PanelHeight)); // a panel clears what it may paint on
                plot.Render(canvas, new PixelRect(left, left + PanelWidth, top + PanelHeight, top));
                canvas.Restore();
            }

            DrawLegend(canvas, names, width, font);
        }
    }

    private static bool IsSvg(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".SVG" => true,
        ".PNG" => false,
        _ => throw new SettingException(new LocalizedText(
            $"A plot is written as .svg or .png; “{path}” is neither, give for example plot.svg.",
            $"図は .svg か .png で保存します。「{path}」はどちらでもありません（例: plot.svg）。")),
    };

    private static Plot Panel(List<Series> series, string[] names, Language language, string font)
    {
        Quantity y = series[0].Quantity, x = series[0].XQuantity;
        var plot = new Plot();
        foreach (Series line in series)
        {
            AddLine(plot, line, Array.IndexOf(names, line.Name), x.Logarithmic, y.Logarithmic);
        }

        plot.Title(Title(y, language), size: 15);
        plot.XLabel(Title(x, language), size: 13);
        if (y.Logarithmic)
        {
            plot.Axes.Left.TickGenerator = LogarithmicTicks([.. series.SelectMany(s => s.Y).Where(v => v > 0 && double.IsFinite(v))]);
        }

        if (x.Logarithmic)
        {
            double[] at = [.. series.SelectMany(s => s.X).Distinct().Order()];
            plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
                [.. at.Select(Math.Log10)], [.. at.Select(v => v.ToString("R", CultureInfo.InvariantCulture))]);
        }
        else
        {
            plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        }

        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(0.08);
        plot.Font.Set(font);
        string numbers = PlotFont.Family(Language.English); // a Japanese font's line is so high that its digits miss their ticks
        plot.Axes.Left.TickLabelStyle.FontName = numbers;
        plot.Axes.Bottom.TickLabelStyle.FontName = numbers;
        plot.Axes.Margins(0.03, 0.08);
        return plot;
    }

    private static string Title(Quantity quantity, Language language) =>
        quantity.Unit.Length == 0 ? quantity.Label.In(language) : $"{quantity.Label.In(language)} [{quantity.Unit}]";

    private static void AddLine(Plot plot, Series line, int index, bool logX, bool logY)
    {
        Color color = ColorOf(index);
        List<double> xs = [], ys = [], lows = [], highs = [];
        bool banded = true;
        for (int i = 0; i < line.X.Count; i++)
        {
            double x = logX ? Math.Log10(line.X[i]) : line.X[i];
            double y = logY ? Math.Log10(line.Y[i]) : line.Y[i];
            if (!double.IsFinite(x) || !double.IsFinite(y))
            {
                continue; // a gradient of zero has no place on an axis of powers of ten
            }

            double low = logY ? Math.Log10(line.Low[i]) : line.Low[i];
            double high = logY ? Math.Log10(line.High[i]) : line.High[i];
            banded &= double.IsFinite(low) && double.IsFinite(high);
            xs.Add(x);
            ys.Add(y);
            lows.Add(low);
            highs.Add(high);
        }

        if (xs.Count == 0)
        {
            return;
        }

        if (line.IsPrediction)
        {
            var formula = plot.Add.Scatter(xs.ToArray(), ys.ToArray(), color.WithAlpha(0.75));
            formula.LineWidth = 1;
            formula.MarkerSize = 0;
            return;
        }

        if (banded && xs.Count > 1)
        {
            var band = plot.Add.FillY(xs.ToArray(), lows.ToArray(), highs.ToArray());
            band.FillColor = color.WithAlpha(0.18);
            band.LineWidth = 0;
            band.MarkerSize = 0;
        }

        var scatter = plot.Add.Scatter(xs.ToArray(), ys.ToArray(), color);
        scatter.LineWidth = 2;
        scatter.MarkerShape = Markers[index % Markers.Length];
        scatter.MarkerSize = xs.Count > 40 ? 0 : 7;
    }

    // whole powers of ten; 1, 2, 5 times them where the values span less than two
    private static ScottPlot.TickGenerators.NumericManual LogarithmicTicks(double[] values)
    {
        var ticks = new ScottPlot.TickGenerators.NumericManual();
        if (values.Length == 0)
        {
            return ticks;
        }

        int first = (int)Math.Floor(Math.Log10(values.Min())) - 1, last = (int)Math.Ceiling(Math.Log10(values.Max())) + 1;
        bool fine = values.Max() / values.Min() < 100;
        int step = Math.Max(1, (last - first) / 8);
        for (int power = first; power <= last; power++)
        {
            foreach (int digit in fine ? [1, 2, 5] : (int[])[1])
            {
                if (power % step == 0)
                {
                    ticks.AddMajor(Math.Log10(digit) + power, TickLabel(digit, power));
                }
            }
        }

        return ticks;
    }

    private static string TickLabel(int digit, int power) => power is >= -3 and <= 3
        ? decimal.Parse($"{digit}e{power}", NumberStyles.Float, CultureInfo.InvariantCulture).ToString("0.###", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{digit}e{power}");

    // the colours that people with any colour vision tell apart (Okabe and Ito 2008), but for yellow, which is too light for lines
    private static Color ColorOf(int index) => Color.FromHex(Colours[index % Colours.Length]);

    private static void DrawLegend(SKCanvas canvas, string[] names, int width, string font)
    {
        using SKTypeface typeface = SKFontManager.Default.MatchFamily(font);
        using var text = new SKFont(typeface, 15);
        using var paint = new SKPaint { IsAntialias = true };
        using Paint markerPaint = Paint.NewDisposablePaint();
        const float swatch = 34, gap = 22;
        float total = names.Sum(n => swatch + text.MeasureText(n) + gap);
        float x = Math.Max(8, (width - total) / 2);
        for (int i = 0; i < names.Length; i++)
        {
            Color color = ColorOf(i);
            paint.Color = new SKColor(color.R, color.G, color.B);
            paint.StrokeWidth = 3;
            canvas.DrawLine(x, 24, x + swatch - 8, 24, paint);
            Drawing.DrawMarker(canvas, markerPaint, new Pixel(x + ((swatch - 8) / 2), 24), new MarkerStyle(Markers[i % Markers.Length], 9, color));
            paint.Color = SKColors.Black;
            canvas.DrawText(names[i], x + swatch, 29, text, paint);
            x += swatch + text.MeasureText(names[i]) + gap;
        }
    }
}
