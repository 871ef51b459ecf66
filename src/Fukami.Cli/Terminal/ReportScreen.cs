using System.Globalization;
using Fukami.Lab;
using Spectre.Console;

namespace Fukami.Cli;

/// <summary>A report on the screen: bars by layer, the claims with their verdicts, the tables. Readable at 80 columns and without colour.</summary>
internal sealed class ReportScreen(Terminal terminal)
{
    private const int VerdictWidth = 13;
    private const int VerdictIndent = VerdictWidth + 4; // and its sign

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
            int subject = claim.Max(c => DisplayWidth.Of(c.Subject)) + 2;
            int measured = claim.Max(c => DisplayWidth.Of(Measured(c.Measured))) + 2;
            foreach (ClaimResult c in claim)
            {
                string verdict = DisplayWidth.PadRight(terminal.Say(c.Verdict.Label()), VerdictWidth);
                terminal.Console.Markup($"  {Mark(c.Verdict, verdict)}");
                string figures = DisplayWidth.PadRight(c.Subject, subject) + DisplayWidth.PadRight(Measured(c.Measured), measured);
                string predicted = terminal.Say($"predicted {c.Prediction}", $"予測 {c.Prediction}");
                bool fits = VerdictIndent + DisplayWidth.Of(figures) + DisplayWidth.Of(predicted) <= terminal.Width;
                terminal.Out.WriteLine(fits ? figures + predicted : figures.TrimEnd());
                if (!fits)
                {
                    terminal.Out.WriteLine(new string(' ', VerdictIndent) + predicted);
                }
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
        Spectre.Console.Table grid = NewGrid();
        for (int i = 0; i < table.Columns.Count; i++)
        {
            var column = new Spectre.Console.TableColumn(Markup.Escape(terminal.Say(table.Columns[i].Label)));
            bool numeric = table.Rows.Count > 0 && table.Rows[0][i].Text is null;
            grid.AddColumn(numeric ? column.RightAligned() : column);
        }

        foreach (IReadOnlyList<Fukami.Lab.TableCell> row in table.Rows)
        {
            grid.AddRow([.. row.Select(c => Markup.Escape(c.Text ?? Figure.Of(c.Number)))]);
        }

        terminal.Console.Write(grid);
    }

    private static Spectre.Console.Table NewGrid() => new() { Border = TableBorder.Simple };

    // the sign and the word say what the colour says
    private static string Mark(Verdict verdict, string label)
    {
        (string sign, string colour) = verdict switch
        {
            Verdict.Supported => ("+", "green"),
            Verdict.Refuted => ("x", "red"),
            _ => ("?", "yellow"),
        };
        return $"[{colour}]{sign} {Markup.Escape(label)}[/]";
    }

    private static string Measured(Interval interval) =>
        $"{Figure.Of(interval.Estimate)} [{Figure.Of(interval.Low)}, {Figure.Of(interval.High)}]";

    private void Paragraph(string text, int indent = 0)
    {
        foreach (string line in DisplayWidth.Wrap(text, terminal.Width - indent))
        {
            terminal.Out.WriteLine(new string(' ', indent) + line);
        }
    }
}
