using System.Globalization;
using ScottPlot;
using SkiaSharp;

namespace Fukami.Lab;

/// <summary>A trace as heat maps, one under the other. SVG or PNG, by the file's extension.</summary>
public static class TracePlot
{
    private const int Width = 900;
    private const int Frame = 190;
    private const int LeastHeight = 330;
    private const int RowHeight = 22;
    private const float LeftMargin = 16; // a turned Japanese title is higher than is measured
    private const float PngScale = 2;

    /// <summary>Draws the trace into a file.</summary>
    /// <param name="report">The trace.</param>
    /// <param name="path">The file.</param>
    /// <param name="language">The language of the titles.</param>
    /// <exception cref="SettingException">The extension is neither .svg nor .png, or there is nothing to draw.</exception>
    /// <exception cref="OutputException">No font fits, or the file cannot be written.</exception>
    public static void Write(TraceReport report, string path, Language language)
    {
        ArgumentNullException.ThrowIfNull(report);
        bool svg = ReportPlot.IsSvg(path);
        IReadOnlyList<HeatMap> maps = TraceHeatMaps.Of(report);
        string font = PlotFont.Family(language);

        // tokens are in the language of the prompt
        string tokens = report.Prompt.Texts.Any(text => text.Any(c => c > 0x2FFF)) ? PlotFont.Family(Language.Japanese) : font;
        int[] heights = [.. maps.Select(map => Math.Max(LeastHeight, Frame + (map.Values.Count * RowHeight)))];
        AtomicFile.Write(path, stream =>
        {
            if (svg)
            {
                using SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, Width, heights.Sum()), stream);
                Draw(canvas, maps, heights, language, font, tokens);
                return;
            }

            using SKSurface surface = SKSurface.Create(new SKImageInfo((int)(Width * PngScale), (int)(heights.Sum() * PngScale)));
            surface.Canvas.Scale(PngScale);
            Draw(surface.Canvas, maps, heights, language, font, tokens);
            using SKImage image = surface.Snapshot();
            using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
            data.SaveTo(stream);
        });
    }

    private static void Draw(SKCanvas canvas, IReadOnlyList<HeatMap> maps, int[] heights, Language language, string font, string tokens)
    {
        canvas.Clear(SKColors.White);
        int top = 0;
        for (int i = 0; i < maps.Count; i++)
        {
            canvas.Save();
            canvas.ClipRect(new SKRect(0, top, Width, top + heights[i])); // a panel clears what it may paint on
            Panel(maps[i], language, font, tokens).Render(canvas, new PixelRect(LeftMargin, Width, top + heights[i], top));
            canvas.Restore();
            top += heights[i];
        }
    }

    private static Plot Panel(HeatMap map, Language language, string font, string tokens)
    {
        int rows = map.Values.Count, columns = map.Values[0].Count;
        var cells = new double[rows, columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double value = map.Values[row][column];
                double shown = map.Logarithmic ? Math.Log10(value) : value;
                cells[row, column] = double.IsFinite(shown) ? shown : double.NaN;
            }
        }

        var plot = new Plot();
        var heat = plot.Add.Heatmap(cells); // the first row on top
        heat.Colormap = new ScottPlot.Colormaps.Viridis();
        var bar = plot.Add.ColorBar(heat);
        if (map.Logarithmic)
        {
            bar.Axis.TickGenerator = Powers(cells);
        }

        int everyRow = Math.Max(1, (rows + 23) / 24), everyColumn = Math.Max(1, (columns + 63) / 64);
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
            [.. Enumerable.Range(0, rows).Where(r => r % everyRow == 0).Select(r => (double)(rows - 1 - r))],
            [.. Enumerable.Range(0, rows).Where(r => r % everyRow == 0).Select(r => (r + map.FirstRow).ToString(CultureInfo.InvariantCulture))]);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
            [.. Enumerable.Range(0, columns).Where(c => c % everyColumn == 0).Select(c => (double)c)],
            [.. Enumerable.Range(0, columns).Where(c => c % everyColumn == 0).Select(c => map.XLabels[c])]);
        plot.Title(map.Title.In(language), size: 15);
        plot.XLabel(map.XTitle.In(language), size: 13);
        plot.YLabel(map.YTitle.In(language), size: 13);
        plot.HideGrid();
        PlotFont.Set(plot, font);
        PlotFont.Set(bar.Axis.TickLabelStyle, PlotFont.Family(Language.English));
        if (!map.XLabels.All(label => label.All(char.IsAsciiDigit)))
        {
            PlotFont.Set(plot.Axes.Bottom.TickLabelStyle, tokens);
        }

        if (map.XLabels.Max(label => label.Length) > 2)
        {
            plot.Axes.Bottom.TickLabelStyle.Rotation = -60;
            plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
            plot.Axes.Bottom.MinimumSize = 90;
        }

        plot.Axes.Margins(0, 0);
        return plot;
    }

    // whole powers of ten; 1, 2, 5 times them where the values span little
    private static ScottPlot.TickGenerators.NumericManual Powers(double[,] logarithms)
    {
        double[] shown = [.. logarithms.Cast<double>().Where(double.IsFinite)];
        var ticks = new ScottPlot.TickGenerators.NumericManual();
        if (shown.Length == 0)
        {
            return ticks;
        }

        (double low, double high) = (shown.Min(), shown.Max());
        int step = Math.Max(1, (int)Math.Ceiling((high - low) / 8));
        for (int power = (int)Math.Floor(low); power <= (int)Math.Ceiling(high); power++)
        {
            foreach (int digit in high - low < 2 ? [1, 2, 5] : (int[])[1])
            {
                double at = power + Math.Log10(digit);
                if (power % step == 0 && at >= low - 1e-9 && at <= high + 1e-9)
                {
                    ticks.AddMajor(at, Figure.Of(digit * Math.Pow(10, power)));
                }
            }
        }

        return ticks;
    }
}
