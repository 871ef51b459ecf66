using System.Text.Json.Serialization;

namespace Fukami.Course;

/// <summary>Who judged an answer in words.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JudgeKind>))]
public enum JudgeKind
{
    /// <summary>The program itself, by the rubric's phrases.</summary>
    Offline,

    /// <summary>A chat model, by the same rubric.</summary>
    Model,

    /// <summary>The program itself, because the chat model could not be reached or did not answer as it should.</summary>
    ModelFailed,

    /// <summary>The learner.</summary>
    Learner,
}
