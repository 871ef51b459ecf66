using System.Globalization;
using System.Text;
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
    private const float TitleSize = 15;
    private const float TitleWidth = 530;
    private const int LegendRow = 28;
    private const int LegendMargin = 18;
    private const float Swatch = 34;
    private const float LegendGap = 22;
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
        AtomicFile.Write(path, stream => Write(report, stream, svg, language));
    }

    /// <summary>Draws the report into a stream.</summary>
    /// <param name="report">The report.</param>
    /// <param name="stream">Where the picture goes.</param>
    /// <param name="isSvg">Whether it is to be SVG, and not PNG.</param>
    /// <param name="language">The language of the axes.</param>
    /// <exception cref="OutputException">No font fits.</exception>
    public static void Write(Report report, Stream stream, bool isSvg, Language language)
    {
        var picture = new Picture(report.Series, language, columns: 2);
        if (isSvg)
        {
            picture.WriteSvg(stream);
        }
        else
        {
            picture.WritePng(stream);
        }
    }

    /// <summary>The report as one SVG picture a quantity, each with its own legend, in the order of the series.</summary>
    /// <exception cref="OutputException">No font fits.</exception>
    internal static IReadOnlyList<string> Panels(Report report, Language language) =>
        [.. report.Series.GroupBy(s => s.Quantity.Id, StringComparer.Ordinal).Select(panel =>
        {
                using var stream = new MemoryStream();
            new Picture([.. panel], language, columns: 1).WriteSvg(stream);
            return Encoding.UTF8.GetString(stream.ToArray());
        })];

    /// <summary>Says now, before a long run, if no installed font could label a picture.</summary>
    /// <exception cref="OutputException">None can.</exception>
    internal static void ProbeFont(Language language) => _ = PlotFont.Family(language);

    /// <summary>Whether a plot is to be written as SVG, and not as PNG.</summary>
    internal static bool IsSvg(string path) => Path.GetExtension(path).ToUpperInvariant() switch
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

        string title = Title(y, language);
        plot.Title(title, FittingSize(title, font));
        plot.XLabel(Title(x, language), size: 13);
        LogarithmicScale? scale = y.Logarithmic ? LogarithmicScale.Of(series) : null;
        if (scale is not null)
        {
            plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. scale.Ticks.Select(Math.Log10)], [.. scale.Ticks.Select(TickLabel)]);
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
        PlotFont.Set(plot, font);
        plot.Axes.Margins(0.03, 0.08);
        if (scale is { IsFlat: true })
        {
            plot.Axes.AutoScale();
            plot.Axes.SetLimitsY(Math.Log10(scale.Lowest), Math.Log10(scale.Highest));
        }

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

    // a long title is written smaller, so that both its ends are in the panel
    private static float FittingSize(string title, string font)
    {
        using var text = new SKFont(SKFontManager.Default.MatchFamily(font), TitleSize);
        return Math.Min(TitleSize, TitleSize * TitleWidth / text.MeasureText(title));
    }

    private static string TickLabel(double tick) => tick.ToString(tick is >= 1e-3 and < 1e4 ? "0.######" : "0.####e0", CultureInfo.InvariantCulture);

    // the colours that people with any colour vision tell apart (Okabe and Ito 2008), but for yellow, which is too light for lines
    private static Color ColorOf(int index) => Color.FromHex(Colours[index % Colours.Length]);

    /// <summary>Panels in columns under one legend.</summary>
    private sealed class Picture
    {
        private readonly List<List<Series>> panels;
        private readonly string[] names;
        private readonly Language language;
        private readonly string font;
        private readonly int columns;
        private readonly int width;
        private readonly int height;
        private readonly List<List<LegendEntry>> legend = [];

        public Picture(IReadOnlyList<Series> series, Language language, int columns)
        {
            this.language = language;
            font = PlotFont.Family(language);
            panels = [.. series.GroupBy(s => s.Quantity.Id, StringComparer.Ordinal).Select(g => g.ToList())];
            names = [.. series.Select(s => s.Name).Distinct(StringComparer.Ordinal)];
            this.columns = panels.Count == 1 ? 1 : columns;
            width = this.columns * PanelWidth;
            LayOutLegend(series.Any(s => s.IsPrediction));
            height = ((panels.Count + this.columns - 1) / this.columns * PanelHeight) + LegendHeight;
        }

        private int LegendHeight => LegendMargin + (legend.Count * LegendRow);

        public void WriteSvg(Stream stream)
        {
            using SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, width, height), stream);
            Draw(canvas);
        }

        public void WritePng(Stream stream)
        {
            using SKSurface surface = SKSurface.Create(new SKImageInfo((int)(width * PngScale), (int)(height * PngScale)));
            surface.Canvas.Scale(PngScale);
            Draw(surface.Canvas);
            using SKImage image = surface.Snapshot();
            using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
            data.SaveTo(stream);
        }

        private void Draw(SKCanvas canvas)
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

            DrawLegend(canvas);
        }

        // in rows as wide as the picture
        private void LayOutLegend(bool predictions)
        {
            using var text = new SKFont(SKFontManager.Default.MatchFamily(font), 15);
            float filled = float.PositiveInfinity;
            IEnumerable<LegendEntry> entries = names.Select((name, i) => new LegendEntry(name, i, text.MeasureText(name)));
            if (predictions)
            {
                string line = language == Language.Japanese ? "細線: 予測" : "thin line: predicted";
                entries = entries.Append(new LegendEntry(line, null, text.MeasureText(line)));
            }

            foreach (LegendEntry entry in entries)
            {
                if (filled + entry.Width > width - LegendMargin)
                {
                    legend.Add([]);
                    filled = 0;
                }

                legend[^1].Add(entry);
                filled += entry.Width;
            }
        }

        private void DrawLegend(SKCanvas canvas)
        {
            using var text = new SKFont(SKFontManager.Default.MatchFamily(font), 15);
            using var paint = new SKPaint { IsAntialias = true };
            using Paint markerPaint = Paint.NewDisposablePaint();
            float y = 24;
            foreach (List<LegendEntry> row in legend)
            {
                float x = Math.Max(8, (width - row.Sum(e => e.Width)) / 2);
                foreach (LegendEntry entry in row)
                {
                    Color color = entry.Index is { } index ? ColorOf(index) : Colors.Gray;
                    paint.Color = new SKColor(color.R, color.G, color.B);
                    paint.StrokeWidth = entry.Index is null ? 1 : 3;
                    canvas.DrawLine(x, y, x + Swatch - 8, y, paint);
                    if (entry.Index is { } marker)
                    {
                        Drawing.DrawMarker(canvas, markerPaint, new Pixel(x + ((Swatch - 8) / 2), y), new MarkerStyle(Markers[marker % Markers.Length], 9, color));
                    }

                    paint.Color = SKColors.Black;
                    canvas.DrawText(entry.Text, x + Swatch, y + 5, text, paint);
                    x += entry.Width;
                }

                y += LegendRow;
            }
        }
    }

    /// <summary>A line of the legend: a series by its number, or the thin line of predictions.</summary>
    private sealed record LegendEntry(string Text, int? Index, float TextWidth)
    {
        public float Width => Swatch + TextWidth + LegendGap;
    }
}
