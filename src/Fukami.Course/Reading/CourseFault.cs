using System.Globalization;
using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Something wrong in a course's files.</summary>
/// <param name="File">The file, relative to the course's folder.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Sentence">What is wrong, and what to do.</param>
public sealed record CourseFault(string File, int Line, LocalizedText Sentence)
{
    /// <summary>File, line and sentence, as compilers write them.</summary>
    public string In(Language language) => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}: {Sentence.In(language)}");

    /// <inheritdoc/>
    public override string ToString() => In(Language.English);
}
