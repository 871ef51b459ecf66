using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>A sweep on the screen: under each claim a line for each combination and subject. Readable at 80 columns and without colour.</summary>
internal sealed class SweepScreen(Terminal terminal)
{
    private const string Indent = "  ";

    /// <summary>Writes it to standard output.</summary>
    public void Write(Sweep sweep, IReadOnlyList<SweepFinding> findings)
    {
        Paragraph($"{sweep.Experiment.Id}: {terminal.Say(sweep.Experiment.Question)}");
        var rows = findings.SelectMany(f => f.Report.Claims.Select(c => (Label: sweep.Label(f.Settings), Result: c)));
        foreach (var claim in rows.GroupBy(r => r.Result.Claim.Id, StringComparer.Ordinal))
        {
            Claim about = claim.First().Result.Claim;
            terminal.Out.WriteLine();
            Paragraph($"{about.Id}: {terminal.Say(about.Statement)}{(about.DependsOnMachine ? $" ({terminal.Say(MachineDependence.Sentence)})" : "")}");
            int label = claim.Max(r => DisplayWidth.Of(r.Label)) + 2, subject = claim.Max(r => DisplayWidth.Of(r.Result.Subject)) + 2;
            foreach ((string at, ClaimResult result) in claim)
            {
                string start = $"{Indent}{VerdictMark.Of(terminal, result.Verdict)}";
                string what = DisplayWidth.PadRight(at, label) + DisplayWidth.PadRight(result.Subject, subject);
                string figures = Figure.Of(result.Measured);
                bool fits = Indent.Length + VerdictMark.Width + DisplayWidth.Of(what) + DisplayWidth.Of(figures) <= terminal.Width;
                terminal.Console.Write(new Spectre.Console.Markup(start));
                terminal.Out.WriteLine(fits ? what + figures : what.TrimEnd());
                if (!fits)
                {
                    terminal.Out.WriteLine(new string(' ', Indent.Length + VerdictMark.Width) + figures);
                }
            }
        }

        terminal.Out.WriteLine();
        int column = findings.Max(f => DisplayWidth.Of(sweep.Label(f.Settings))) + 2;
        foreach (SweepFinding finding in findings)
        {
            string label = sweep.Label(finding.Settings), fingerprint = finding.Report.Fingerprint;
            terminal.Out.WriteLine(column + fingerprint.Length <= terminal.Width ? DisplayWidth.PadRight(label, column) + fingerprint : $"{label}\n{Indent}{fingerprint}");
        }
    }

    private void Paragraph(string text)
    {
        foreach (string line in DisplayWidth.Wrap(text, terminal.Width))
        {
            terminal.Out.WriteLine(line);
        }
    }
}
