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
        WriteChart(report, static _ => true);
        WriteClaims(report.Claims, report.Omitted, static _ => true);
        foreach (Fukami.Lab.Table table in report.Tables)
        {
            WriteTable(table);
        }

        terminal.Out.WriteLine();
        terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.ElapsedSeconds:0.00} s"));
        terminal.Out.WriteLine(report.Fingerprint);
    }

    /// <summary>Writes what a lesson looks at: these claims with what was predicted and measured, why a refuted one is, and the chart of their subjects.</summary>
    /// <param name="report">The report.</param>
    /// <param name="claims">Claims' ids, or <c>claim@subject</c>; those that the report does not have are left out.</param>
    public void WriteShort(Report report, IReadOnlyCollection<string> claims)
    {
        ClaimResult[] wanted = [.. report.Claims.Where(result => claims.Contains(result.Claim.Id, StringComparer.Ordinal) || claims.Contains($"{result.Claim.Id}@{result.Subject}", StringComparer.Ordinal))];
        // the subject “plain, 32 blocks” is a place on the series “plain”
        var subjects = wanted.Select(result => result.Subject.Split(',')[0]).ToHashSet(StringComparer.Ordinal);
        WriteChart(report, series => subjects.Contains(series.Name));
        WriteClaims(wanted, report.Omitted.Where(omitted => claims.Any(claim => string.Equals(claim.Split('@')[0], omitted.Claim.Id, StringComparison.Ordinal))), static result => result.Verdict == Verdict.Refuted);
    }

    // the first quantity's series; of no subject that is asked for, all of them
    private void WriteChart(Report report, Func<Series, bool> isWanted)
    {
        if (report.Series.Count == 0)
        {
            return;
        }

        Series[] featured = [.. report.Series.Where(series => string.Equals(series.Quantity.Id, report.Series[0].Quantity.Id, StringComparison.Ordinal))];
        terminal.Out.WriteLine();
        new BarChart(terminal).Write(Array.Exists(featured, series => isWanted(series)) ? [.. featured.Where(isWanted)] : featured);
    }

    private void WriteClaims(IReadOnlyList<ClaimResult> claims, IEnumerable<OmittedClaim> omitted, Func<ClaimResult, bool> isExplained)
    {
        foreach (IGrouping<string, ClaimResult> claim in claims.GroupBy(c => c.Claim.Id, StringComparer.Ordinal))
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
                string predicted = terminal.Say($"predicted {c.Prediction.English}", $"予測 {c.Prediction.Japanese}");
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

            foreach (IGrouping<string, ClaimResult> why in claim.Where(isExplained).GroupBy(c => terminal.Say(c.Why), StringComparer.Ordinal))
            {
                Paragraph($"{string.Join(", ", why.Select(c => c.Subject))}: {why.Key}", 4);
            }
        }

        foreach (IGrouping<string, OmittedClaim> reason in omitted.GroupBy(o => terminal.Say(o.Reason), StringComparer.Ordinal))
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
