namespace Fukami.Lab;

/// <summary>A sweep as CSV: a row for each claim of each trial, with a column for each swept setting.</summary>
public static class SweepCsv
{
    /// <summary>Writes a header and all rows.</summary>
    public static void Write(Sweep sweep, IReadOnlyList<SweepFinding> findings, TextWriter writer)
    {
        foreach (SweepAxis axis in sweep.Axes)
        {
            writer.Write($"{ReportCsv.Field(axis.Name)},");
        }

        writer.Write("claim,subject,measured,low,high,prediction,verdict,depends_on_machine,fingerprint\r\n");
        foreach (SweepFinding finding in findings)
        {
            string start = string.Concat(sweep.Axes.Select(a => ReportCsv.Field(finding.Settings.Text(a.Name)) + ","));
            string fingerprint = finding.Report.Fingerprint;
            foreach (ClaimResult c in finding.Report.Claims)
            {
                writer.Write($"{start}{ReportCsv.Field(c.Claim.Id)},{ReportCsv.Field(c.Subject)},{ReportCsv.Number(c.Measured.Estimate)},{ReportCsv.Number(c.Measured.Low)},{ReportCsv.Number(c.Measured.High)},");
                writer.Write($"{ReportCsv.Field(c.Prediction.English)},{c.Verdict.Name()},{(c.Claim.DependsOnMachine ? "true" : "false")},{fingerprint}\r\n");
            }
        }
    }
}
