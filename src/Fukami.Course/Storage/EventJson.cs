using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Events as JSON. What is written here is kept for years: a name that is out is never changed.</summary>
internal static class EventJson
{
    /// <summary>How events are written and read.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = 16,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        AllowOutOfOrderMetadataProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The text of an event.</summary>
    public static string Write(StudyEvent happened) => JsonSerializer.Serialize(happened, Options);

    /// <summary>The event of a text.</summary>
    /// <exception cref="CourseException">It is none that this version knows.</exception>
    public static StudyEvent Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<StudyEvent>(json, Options) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw new CourseException(
                new LocalizedText(
                    "The learner's data hold an event that this version does not know; they are damaged, or of a newer Fukami.",
                    "学習データに、このバージョンでは読めない記録があります。データが壊れているか、新しい Fukami で書かれたものです。"),
                e);
        }
    }
}
