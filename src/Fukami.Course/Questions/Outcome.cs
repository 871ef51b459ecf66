using System.Text.Json.Serialization;

namespace Fukami.Course;

/// <summary>How an answer came out.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Outcome>))]
public enum Outcome
{
    /// <summary>Right.</summary>
    Right,

    /// <summary>Some of it is right.</summary>
    Partly,

    /// <summary>Wrong.</summary>
    Wrong,

    /// <summary>“I don't know.”</summary>
    Unknown,

    /// <summary>“I knew this once.”</summary>
    Forgotten,

    /// <summary>Not answered, or a prediction, which is neither right nor wrong.</summary>
    NotJudged,
}
