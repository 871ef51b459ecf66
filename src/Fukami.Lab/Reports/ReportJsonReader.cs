using System.Text.Json;

namespace Fukami.Lab;

/// <summary>Reads back what <see cref="ReportJson"/> wrote, to the bit.</summary>
internal static class ReportJsonReader
{
    /// <summary>The report in a JSON object.</summary>
    /// <param name="json">The object.</param>
    /// <param name="experiment">The experiment that made the report.</param>
    /// <exception cref="InvalidDataException">It is no report of the experiment, or its figures are not those of its fingerprint.</exception>
    public static Report Read(JsonElement json, Experiment experiment)
    {
        try
        {
            var report = new Report
            {
                Experiment = experiment,
                Settings = Settings(json.GetProperty("settings"), experiment.Defaults),
                Claims = [.. json.GetProperty("claims").EnumerateArray().Select(c => ClaimOf(c, experiment))],
                Omitted = json.TryGetProperty("omitted_claims", out JsonElement omitted)
                    ? [.. omitted.EnumerateArray().Select(o => new OmittedClaim(Find(experiment, o), Texts(o, "reason")))]
                    : [],
                Series = [.. json.GetProperty("series").EnumerateArray().Select(SeriesOf)],
                Tables = [.. json.GetProperty("tables").EnumerateArray().Select(TableOf)],
                Interrupted = Holds(json, "interrupted"),
                Partial = Holds(json, "partial"),
                ElapsedSeconds = Number(json.GetProperty("elapsed_seconds")),
                Remembered = json.TryGetProperty("remembered", out JsonElement remembered) ? remembered.GetInt32() : 0,
            };
            bool same = string.Equals(Text(json, "experiment"), experiment.Id, StringComparison.Ordinal)
                && string.Equals(Text(json, "fingerprint"), report.Fingerprint, StringComparison.Ordinal);
            return same ? report : throw new InvalidDataException("The figures are not those of the fingerprint.");
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or SettingException)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private static SettingValues Settings(JsonElement json, SettingValues values)
    {
        foreach (JsonProperty setting in json.EnumerateObject())
        {
            values = values.With(setting.Name, setting.Value.ValueKind == JsonValueKind.Array
                ? string.Join(',', setting.Value.EnumerateArray().Select(v => v.ToString()))
                : setting.Value.ToString());
        }

        return values;
    }

    private static ClaimResult ClaimOf(JsonElement json, Experiment experiment) => new(
        Find(experiment, json),
        Text(json, "subject"),
        new LocalizedText(Text(json, "prediction"), Text(json, json.TryGetProperty("prediction_ja", out _) ? "prediction_ja" : "prediction")),
        new Bound(Number(json.GetProperty("bound")[0]), Number(json.GetProperty("bound")[1])),
        new Interval(Number(json.GetProperty("measured")), Number(json.GetProperty("low")), Number(json.GetProperty("high"))),
        Enum.GetValues<Verdict>().First(v => string.Equals(v.Name(), Text(json, "verdict"), StringComparison.Ordinal)),
        Texts(json, "why"));

    private static Claim Find(Experiment experiment, JsonElement json) =>
        experiment.Claims.First(c => string.Equals(c.Id, Text(json, "id"), StringComparison.Ordinal));

    private static Series SeriesOf(JsonElement json) => new()
    {
        Name = Text(json, "name"),
        IsPrediction = Holds(json, "predicted"),
        Quantity = new Quantity(Text(json, "quantity"), Texts(json, "label"), Text(json, "unit"), Holds(json, "logarithmic"))
        {
            DependsOnMachine = Holds(json, "depends_on_machine"),
        },
        XQuantity = new Quantity(Text(json, "x_quantity"), Texts(json, "x_label"), Text(json, "x_unit"), Holds(json, "x_logarithmic")),
        X = Numbers(json, "x"),
        Y = Numbers(json, "y"),
        Low = Numbers(json, "low"),
        High = Numbers(json, "high"),
    };

    private static Table TableOf(JsonElement json) => new(
        Text(json, "name"),
        Texts(json, "title"),
        [.. json.GetProperty("columns").EnumerateArray().Zip(json.GetProperty("labels").EnumerateArray(), (name, label) => new TableColumn(name.GetString()!, Texts(label)))],
        [.. json.GetProperty("rows").EnumerateArray().Select(row => (IReadOnlyList<TableCell>)[.. row.EnumerateArray().Select(CellOf)])]);

    private static TableCell CellOf(JsonElement json) => json.ValueKind == JsonValueKind.String && NotFinite(json) is null
        ? TableCell.FromText(json.GetString()!)
        : TableCell.FromNumber(Number(json));

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException(name);

    private static LocalizedText Texts(JsonElement json, string name) => Texts(json.GetProperty(name));

    private static LocalizedText Texts(JsonElement json) => new(Text(json, "en"), Text(json, "ja"));

    private static bool Holds(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.GetBoolean();

    private static double[] Numbers(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(Number)];

    private static double Number(JsonElement json) => json.ValueKind == JsonValueKind.String
        ? NotFinite(json) ?? throw new FormatException(json.ToString())
        : json.GetDouble();

    private static double? NotFinite(JsonElement json) => json.GetString() switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => null,
    };
}
