using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fukami.Lab;

/// <summary>A report as one JSON object. Numbers that JSON cannot write are the strings "NaN", "Infinity", "-Infinity".</summary>
public static class ReportJson
{
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Japanese as Japanese, not as \u escapes
    };

    /// <summary>Writes the report as UTF-8, with a line feed at the end.</summary>
    public static void Write(Report report, Stream stream) => Write(stream, writer => Write(writer, report));

    /// <summary>Writes several reports as one JSON array.</summary>
    public static void Write(IReadOnlyList<Report> reports, Stream stream) => Write(stream, writer =>
    {
        writer.WriteStartArray();
        foreach (Report report in reports)
        {
            Write(writer, report);
        }

        writer.WriteEndArray();
    });

    internal static void Write(Stream stream, Action<Utf8JsonWriter> write)
    {
        using (var writer = new Utf8JsonWriter(stream, Layout))
        {
            write(writer);
        }

        stream.WriteByte((byte)'\n');
    }

    internal static void Write(Utf8JsonWriter writer, Report report)
    {
        writer.WriteStartObject();
        writer.WriteString("experiment", report.Experiment.Id);
        WriteSettings(writer, report.Settings);
        WriteClaims(writer, report);
        WriteSeries(writer, report.Series);
        WriteTables(writer, report.Tables);
        WriteIf(writer, "interrupted", report.Interrupted);
        WriteIf(writer, "partial", report.Partial);
        WriteNumber(writer, "elapsed_seconds", report.ElapsedSeconds);
        if (report.Remembered > 0)
        {
            writer.WriteNumber("remembered", report.Remembered);
        }

        writer.WriteString("fingerprint", report.Fingerprint);
        writer.WriteEndObject();
    }

    private static void WriteSettings(Utf8JsonWriter writer, SettingValues settings)
    {
        writer.WriteStartObject("settings");
        for (int i = 0; i < settings.Settings.Count; i++)
        {
            writer.WritePropertyName(settings.Settings[i].Name);
            settings.Settings[i].WriteValue(writer, settings.Value(i));
        }

        writer.WriteEndObject();
    }

    private static void WriteClaims(Utf8JsonWriter writer, Report report)
    {
        writer.WriteStartArray("claims");
        foreach (ClaimResult result in report.Claims)
        {
            writer.WriteStartObject();
            writer.WriteString("id", result.Claim.Id);
            writer.WriteString("subject", result.Subject);
            Write(writer, "statement", result.Claim.Statement);
            WriteBeside(writer, "prediction", result.Prediction);
            WriteBeside(writer, "source", result.Claim.Source);
            writer.WriteStartArray("bound");
            WriteNumber(writer, result.Bound.Low);
            WriteNumber(writer, result.Bound.High);
            writer.WriteEndArray();
            WriteNumber(writer, "measured", result.Measured.Estimate);
            WriteNumber(writer, "low", result.Measured.Low);
            WriteNumber(writer, "high", result.Measured.High);
            writer.WriteString("verdict", result.Verdict.Name());
            Write(writer, "why", result.Why);
            WriteIf(writer, "depends_on_machine", result.Claim.DependsOnMachine);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (report.Omitted.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("omitted_claims");
        foreach (OmittedClaim omitted in report.Omitted)
        {
            writer.WriteStartObject();
            writer.WriteString("id", omitted.Claim.Id);
            Write(writer, "reason", omitted.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteSeries(Utf8JsonWriter writer, IReadOnlyList<Series> all)
    {
        writer.WriteStartArray("series");
        foreach (Series series in all)
        {
            writer.WriteStartObject();
            writer.WriteString("name", series.Name);
            WriteIf(writer, "predicted", series.IsPrediction);
            writer.WriteString("quantity", series.Quantity.Id);
            writer.WriteString("unit", series.Quantity.Unit);
            Write(writer, "label", series.Quantity.Label);
            WriteIf(writer, "logarithmic", series.Quantity.Logarithmic);
            WriteIf(writer, "depends_on_machine", series.Quantity.DependsOnMachine);
            writer.WriteString("x_quantity", series.XQuantity.Id);
            writer.WriteString("x_unit", series.XQuantity.Unit);
            Write(writer, "x_label", series.XQuantity.Label);
            WriteIf(writer, "x_logarithmic", series.XQuantity.Logarithmic);
            WriteNumbers(writer, "x", series.X);
            WriteNumbers(writer, "y", series.Y);
            WriteNumbers(writer, "low", series.Low);
            WriteNumbers(writer, "high", series.High);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTables(Utf8JsonWriter writer, IReadOnlyList<Table> tables)
    {
        writer.WriteStartArray("tables");
        foreach (Table table in tables)
        {
            writer.WriteStartObject();
            writer.WriteString("name", table.Name);
            Write(writer, "title", table.Title);
            writer.WriteStartArray("columns");
            foreach (TableColumn column in table.Columns)
            {
                writer.WriteStringValue(column.Name);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("labels");
            foreach (TableColumn column in table.Columns)
            {
                WriteTexts(writer, column.Label);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("rows");
            foreach (IReadOnlyList<TableCell> row in table.Rows)
            {
                writer.WriteStartArray();
                foreach (TableCell cell in row)
                {
                    if (cell.Text is { } text)
                    {
                        writer.WriteStringValue(text);
                    }
                    else
                    {
                        WriteNumber(writer, cell.Number);
                    }
                }

                writer.WriteEndArray();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, LocalizedText text)
    {
        writer.WritePropertyName(name);
        WriteTexts(writer, text);
    }

    // members are only ever added: a string stays the English one, and the Japanese stands beside it where it differs
    private static void WriteBeside(Utf8JsonWriter writer, string name, LocalizedText text)
    {
        writer.WriteString(name, text.English);
        if (!string.Equals(text.Japanese, text.English, StringComparison.Ordinal))
        {
            writer.WriteString($"{name}_ja", text.Japanese);
        }
    }

    private static void WriteTexts(Utf8JsonWriter writer, LocalizedText text)
    {
        writer.WriteStartObject();
        writer.WriteString("en", text.English);
        writer.WriteString("ja", text.Japanese);
        writer.WriteEndObject();
    }

    private static void WriteIf(Utf8JsonWriter writer, string name, bool holds)
    {
        if (holds)
        {
            writer.WriteBoolean(name, true);
        }
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, IReadOnlyList<double> numbers)
    {
        writer.WriteStartArray(name);
        foreach (double number in numbers)
        {
            WriteNumber(writer, number);
        }

        writer.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, double number)
    {
        writer.WritePropertyName(name);
        WriteNumber(writer, number);
    }

    private static void WriteNumber(Utf8JsonWriter writer, double number)
    {
        if (double.IsFinite(number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
        }
    }
}
