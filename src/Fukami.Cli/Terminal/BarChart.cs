using System.Globalization;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>Series side by side as horizontal bars, a row for each x. Where the quantity varies by factors, equal steps are equal factors.</summary>
internal sealed class BarChart(Terminal terminal)
{
    private const int MostRows = 16;
    private const int FigureWidth = 8;
    private const int LeastBar = 6;
    private const char PredictionMark = '│';

    /// <summary>Writes the chart of series that share one quantity. A prediction is a mark on the bar of the measurement of its name.</summary>
    public void Write(IReadOnlyList<Series> all)
    {
        Series[] measured = [.. all.Where(s => !s.IsPrediction)];
        Series[] predicted = [.. all.Where(s => s.IsPrediction)];
        Series[] series = measured.Length > 0 ? measured : predicted;
        Quantity quantity = series[0].Quantity, along = series[0].XQuantity;
        double[] shown = [.. all.SelectMany(s => s.Y).Where(y => double.IsFinite(y) && (!quantity.Logarithmic || y > 0))];
        if (shown.Length == 0)
        {
            return;
        }

        (double low, double high) = quantity.Logarithmic
            ? (Math.Floor(Math.Log10(shown.Min())), Math.Ceiling(Math.Log10(shown.Max()))) // whole powers of ten
            : (Math.Min(0, shown.Min()), shown.Max());
        high = (high > low ? high : low + 1) + 0.0; // −0 is written as 0
        low += 0.0;
        string scale = quantity.Logarithmic
            ? terminal.Say(
                string.Create(CultureInfo.InvariantCulture, $"; log scale, 1e{low:0} to 1e{high:0}"),
                string.Create(CultureInfo.InvariantCulture, $"。対数目盛、1e{low:0} から 1e{high:0}"))
            : "";
        string marks = measured.Length > 0 && predicted.Length > 0 ? terminal.Say($"; {PredictionMark} predicted", $"。{PredictionMark} は予測") : "";
        foreach (string line in DisplayWidth.Wrap(terminal.Say(quantity.Label) + scale + marks, terminal.Width))
        {
            terminal.Out.WriteLine(line);
        }

        string head = terminal.Say(along.Label);
        int first = Math.Max(DisplayWidth.Of(head), 5) + 1;
        int longest = series.Max(s => DisplayWidth.Of(s.Name)) + 1;
        int most = Math.Max(1, (terminal.Width - first) / Math.Max(LeastBar + FigureWidth + 2, longest));
        int groups = (series.Length + most - 1) / most;
        int inGroup = (series.Length + groups - 1) / groups;
        foreach (Series[] group in series.Chunk(inGroup))
        {
            WriteGroup(group, measured.Length > 0 ? predicted : [], head, first, Math.Max((terminal.Width - first) / Math.Max(inGroup, 3), longest), y => Math.Clamp(((quantity.Logarithmic ? Math.Log10(y) : y) - low) / (high - low), 0, 1));
        }
    }

    private void WriteGroup(Series[] group, Series[] predicted, string head, int first, int cell, Func<double, double> share)
    {
        int bar = cell - FigureWidth - 2;
        terminal.Out.WriteLine(DisplayWidth.PadRight(head, first) + string.Concat(group.Select(s => DisplayWidth.PadRight(s.Name, cell))).TrimEnd());
        IReadOnlyList<double> x = group[0].X;
        for (int row = 0; row < x.Count; row++)
        {
            if (!Shown(row, x.Count))
            {
                continue;
            }

            string line = DisplayWidth.PadLeft(x[row].ToString("R", CultureInfo.InvariantCulture), first - 2) + "  ";
            foreach (Series s in group)
            {
                double y = row < s.Y.Count ? s.Y[row] : double.NaN;
                string drawn = Bar(y > 0 || double.IsFinite(y) ? share(y) : 0, bar);
                if (Predicted(predicted, s, x[row]) is { } formula && double.IsFinite(formula))
                {
                    int at = Math.Clamp((int)(share(formula) * bar), 0, bar - 1);
                    drawn = $"{drawn[..at]}{PredictionMark}{drawn[(at + 1)..]}";
                }

                line += DisplayWidth.PadRight($"{drawn} {Figure.Of(y)}", cell);
            }

            terminal.Out.WriteLine(line.TrimEnd());
        }
    }

    private static double? Predicted(Series[] predicted, Series measured, double x)
    {
        foreach (Series s in predicted)
        {
            for (int i = 0; i < s.X.Count; i++)
            {
                if (s.X[i] == x && string.Equals(s.Name, measured.Name, StringComparison.Ordinal))
                {
                    return s.Y[i];
                }
            }
        }

        return null;
    }

    // of a deep net, evenly spaced layers with both ends
    private static bool Shown(int row, int rows) =>
        rows <= MostRows || row == rows - 1 || (row * (MostRows - 1) / (rows - 1)) != ((row - 1) * (MostRows - 1) / (rows - 1)) || row == 0;

    private static string Bar(double share, int width)
    {
        const string eighths = " ▏▎▍▌▋▊▉";
        int parts = (int)Math.Round(share * width * 8);
        string bar = new string('█', parts / 8) + (parts % 8 > 0 ? eighths[parts % 8].ToString() : "");
        return bar.PadRight(width);
    }
}
