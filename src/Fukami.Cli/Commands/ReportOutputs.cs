using System.Text;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>The files that a run was asked to write, checked before it and written after it.</summary>
/// <param name="terminal">Where standard output is, and the language of pages and plots.</param>
internal sealed class ReportOutputs(Terminal terminal)
{
    /// <summary>A JSON file, or - for standard output.</summary>
    public string? Json { get; init; }

    /// <summary>A CSV file, or - for standard output.</summary>
    public string? Csv { get; init; }

    /// <summary>A picture.</summary>
    public string? Plot { get; init; }

    /// <summary>A page.</summary>
    public string? Page { get; init; }

    /// <summary>Whether standard output belongs to a program.</summary>
    public bool TakesOut => Json is "-" || Csv is "-";

    /// <summary>Says now what could not be written at the end.</summary>
    /// <exception cref="LabException">A file cannot be written, or two want standard output.</exception>
    public void Check()
    {
        if (Json is "-" && Csv is "-")
        {
            throw new UsageException(new LocalizedText(
                "Only one of --json and --csv can go to standard output; give the other a file.",
                "標準出力に出せるのは --json と --csv のどちらか一方だけです。もう一方にはファイルを指定してください。"));
        }

        foreach (string path in new[] { Json, Csv }.OfType<string>().Where(p => p is not "-"))
        {
            AtomicFile.Probe(path);
        }

        if (Plot is not null)
        {
            ProbePlot(Plot);
        }

        if (Page is not null)
        {
            ProbePage(Page);
        }
    }

    /// <summary>Writes what a run of one experiment found.</summary>
    public void Write(Report report)
    {
        WriteData(stream => ReportJson.Write(report, stream), writer => ReportCsv.Write(report, writer));
        if (Plot is not null)
        {
            WritePlot(report, Plot);
        }

        if (Page is not null)
        {
            WritePage(stream => ReportHtml.Write(report, stream, terminal.Language));
        }
    }

    /// <summary>Writes what a sweep found.</summary>
    public void Write(Sweep sweep, IReadOnlyList<SweepFinding> findings)
    {
        WriteData(
            stream => ReportJson.Write([.. findings.Select(f => f.Report)], stream),
            writer => SweepCsv.Write(sweep, findings, writer));
        if (Page is not null)
        {
            WritePage(stream => SweepHtml.Write(sweep, findings, stream, terminal.Language));
        }
    }

    /// <summary>Writes what a trace found.</summary>
    public void Write(TraceReport trace)
    {
        WriteData(stream => TraceJson.Write(trace, stream), writer => TraceCsv.Write(trace, writer));
        if (Plot is not null)
        {
            WritePlot(trace, Plot);
        }
    }

    private void WriteData(Action<Stream> json, Action<TextWriter> csv)
    {
        if (Json is "-")
        {
            using Stream stream = terminal.OpenOut();
            json(stream);
        }
        else if (Json is not null)
        {
            AtomicFile.Write(Json, json);
        }

        if (Csv is "-")
        {
            csv(terminal.Out);
        }
        else if (Csv is not null)
        {
            AtomicFile.Write(Csv, stream =>
            {
                using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
                csv(writer);
            });
        }
    }

    // on their own, so that the plotting library is loaded only when a picture is asked for
    private static void ProbePlot(string path) => ReportPlot.Probe(path);

    private void ProbePage(string path) => ReportHtml.Probe(path, terminal.Language);

    private void WritePlot(Report report, string path) => ReportPlot.Write(report, path, terminal.Language);

    private void WritePlot(TraceReport trace, string path) => TracePlot.Write(trace, path, terminal.Language);

    private void WritePage(Action<Stream> write) => AtomicFile.Write(Page!, write);
}
