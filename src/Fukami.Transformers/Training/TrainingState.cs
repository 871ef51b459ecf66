using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>What a training remembers beside parameters and moments: the content of <c>training-STEP.json</c>.</summary>
public sealed record TrainingState
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Steps done. The random numbers of the next follow from it and the seed; there is nothing else to keep of them.</summary>
    public required long Step { get; init; }

    /// <summary>How it is trained.</summary>
    public required TrainingSettings Settings { get; init; }

    /// <summary>What it is trained on, <see cref="ITrainingSource.Identity"/>.</summary>
    public required string Source { get; init; }

    /// <summary>Step of the last evaluation; 0 if there was none.</summary>
    public long EvaluatedStep { get; init; }

    /// <summary>The last evaluation's mean loss in nats, if there was one.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The lowest of all evaluations, if there was one.</summary>
    public double? BestValidationLoss { get; init; }

    /// <summary>The text of the file.</summary>
    internal string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("step"u8, Step);
            json.WriteString("source"u8, Source);
            json.WriteNumber("evaluated_step"u8, EvaluatedStep);
            WriteNumber(json, "validation_loss", ValidationLoss);
            WriteNumber(json, "best_validation_loss", BestValidationLoss);
            json.WriteStartObject("settings"u8);
            Settings.Write(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="CheckpointException">It is missing, damaged, or of another step.</exception>
    internal static TrainingState Read(string path, long step)
    {
        const int maximumBytes = 1 << 20;
        using JsonDocument document = JsonFile.Read(path, maximumBytes);
        return JsonFile.Guard(path, () =>
        {
            var root = new JsonNodeReader(Path.GetFileName(path), document.RootElement);
            if (root["step"].LongNumber() != step)
            {
                throw root.Error(string.Create(CultureInfo.InvariantCulture, $"is of another step than model.safetensors, which is of step {step}"));
            }

            return new TrainingState
            {
                Step = step,
                Settings = ReadSettings(root["settings"]),
                Source = root["source"].Text(),
                EvaluatedStep = root["evaluated_step"].LongNumber(),
                ValidationLoss = root.Find("validation_loss")?.Real(),
                BestValidationLoss = root.Find("best_validation_loss")?.Real(),
            };
        });
    }

    private static TrainingSettings ReadSettings(JsonNodeReader settings)
    {
        try
        {
            return TrainingSettings.Table.FromJson(new TrainingSettings(), settings.Raw).Validate();
        }
        catch (SettingsException e)
        {
            throw settings.Error($"cannot be used: {e.Message.TrimEnd('.')}");
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
