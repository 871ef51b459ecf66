using System.Globalization;
using Fukami.Lab;
using Spectre.Console;

namespace Fukami.Cli;

/// <summary>A report on the screen: bars by layer, the claims with their verdicts, the tables. Readable at 80 columns and without colour.</summary>
internal sealed class ReportScreen(Terminal terminal)
{
    private const int VerdictIndent = VerdictMark.Width + 2;

    /// <summary>Writes the report to standard output.</summary>
    public void Write(Report report)
    {
        Paragraph($"{report.Experiment.Id}: {terminal.Say(report.Experiment.Question)}");
        Paragraph(string.Join("  ", report.Settings.Settings.Select(s => s.Name)
            .Where(n => report.Settings.Text(n).Length > 0)
            .Select(n => $"{n}={report.Settings.Text(n)}")));
        if (report.Series.Count > 0)
        {
            string featured = report.Series[0].Quantity.Id;
            terminal.Out.WriteLine();
            new BarChart(terminal).Write([.. report.Series.Where(s => string.Equals(s.Quantity.Id, featured, StringComparison.Ordinal))]);
        }

        WriteClaims(report);
        foreach (Fukami.Lab.Table table in report.Tables)
        {
            WriteTable(table);
        }

        terminal.Out.WriteLine();
        terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.ElapsedSeconds:0.00} s"));
        terminal.Out.WriteLine(report.Fingerprint);
    }

    private void WriteClaims(Report report)
    {
        foreach (IGrouping<string, ClaimResult> claim in report.Claims.GroupBy(c => c.Claim.Id, StringComparer.Ordinal))
        {
            terminal.Out.WriteLine();
            Paragraph($"{claim.Key}: {terminal.Say(claim.First().Claim.Statement)}");
            if (claim.First().Claim.DependsOnMachine)
            {
                Paragraph(terminal.Say(MachineDependence.Sentence), 4);
            }

            int subject = claim.Max(c => DisplayWidth.Of(c.Subject)) + 2;
            int measured = claim.Max(c => DisplayWidth.Of(Figure.Of(c.Measured))) + 2;
            foreach (ClaimResult c in claim)
            {
                terminal.Console.Markup($"  {VerdictMark.Of(terminal, c.Verdict)}");
                string figures = DisplayWidth.PadRight(c.Subject, subject) + DisplayWidth.PadRight(Figure.Of(c.Measured), measured);
                string predicted = terminal.Say($"predicted {c.Prediction}", $"予測 {c.Prediction}");
                bool fits = VerdictIndent + DisplayWidth.Of(figures) + DisplayWidth.Of(predicted) <= terminal.Width;
                if (fits)
                {
                    terminal.Out.WriteLine(figures + predicted);
                    continue;
                }

                Beside(figures.TrimEnd());
                terminal.Out.Write(new string(' ', VerdictIndent));
                Beside(predicted);
            }

            foreach (IGrouping<string, ClaimResult> why in claim.GroupBy(c => terminal.Say(c.Why), StringComparer.Ordinal))
            {
                Paragraph($"{string.Join(", ", why.Select(c => c.Subject))}: {why.Key}", 4);
            }
        }

        foreach (IGrouping<string, OmittedClaim> reason in report.Omitted.GroupBy(o => terminal.Say(o.Reason), StringComparer.Ordinal))
        {
            string ids = string.Join(", ", reason.Select(o => o.Claim.Id));
            terminal.Out.WriteLine();
            Paragraph(terminal.Say($"{ids}: not tested. {reason.Key}", $"{ids}: 検証していません。{reason.Key}"));
        }
    }

    private void WriteTable(Fukami.Lab.Table table)
    {
        terminal.Out.WriteLine();
        Paragraph(terminal.Say(table.Title));
        string[] heads = [.. table.Columns.Select(c => terminal.Say(c.Label))];
        string[][] rows = [.. table.Rows.Select(row => row.Select(c => c.Text ?? Figure.Of(c.Number)).ToArray())];
        const int between = 3; // what the grid puts around a cell
        int width = heads.Select((head, i) => Math.Max(DisplayWidth.Of(head), rows.Max(r => (int?)DisplayWidth.Of(r[i])) ?? 0) + between).Sum();
        if (width <= terminal.Width)
        {
            WriteGrid(table, heads, rows);
        }
        else
        {
            WriteList(heads, rows);
        }
    }

    private void WriteGrid(Fukami.Lab.Table table, string[] heads, string[][] rows)
    {
        var grid = new Spectre.Console.Table { Border = TableBorder.Simple };
        for (int i = 0; i < heads.Length; i++)
        {
            var column = new Spectre.Console.TableColumn(Markup.Escape(heads[i])).NoWrap();
            bool numeric = table.Rows.Count > 0 && table.Rows[0][i].Text is null;
            grid.AddColumn(numeric ? column.RightAligned() : column);
        }

        foreach (string[] row in rows)
        {
            grid.AddRow([.. row.Select(Markup.Escape)]);
        }

        terminal.Console.Write(grid);
    }

    // a table too wide for the screen: a paragraph for each row, each figure behind its column's name
    private void WriteList(string[] heads, string[][] rows)
    {
        foreach (string[] row in rows)
        {
            Paragraph(row[0], 2);
            Paragraph(string.Join("  ", heads.Zip(row, (head, cell) => $"{head}: {cell}").Skip(1)), 6);
        }
    }

    // in the lines beside a verdict
    private void Beside(string text) =>
        terminal.Out.WriteLine(string.Join("\n" + new string(' ', VerdictIndent), DisplayWidth.Wrap(text, terminal.Width - VerdictIndent)));

    private void Paragraph(string text, int indent = 0)
    {
        foreach (string line in DisplayWidth.Wrap(text, terminal.Width - indent))
        {
            terminal.Out.WriteLine(new string(' ', indent) + line);
        }
    }
}
