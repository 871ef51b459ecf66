using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Sessions as plain Markdown documents: read into the course's format, and written out of it. See docs/course-exchange.md.</summary>
public static class SessionDocument
{
    /// <summary>The most questions that a document may ask.</summary>
    public const int MaximumQuestions = 2000;

    /// <summary>Reads a document.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="name">Its name, for sentences.</param>
    /// <param name="language">Its language; found out if not given.</param>
    /// <param name="id">The session's id; made from the title if not given.</param>
    /// <exception cref="CourseException">It is no document of a session.</exception>
    public static ImportedSession Import(ReadOnlySpan<byte> bytes, string name, Language? language = null, string? id = null) =>
        DocumentReader.Read(DocumentText.Of(bytes, name), name, language, id);

    /// <summary>Writes a session as a document.</summary>
    /// <param name="session">The session.</param>
    /// <param name="course">The course, for the names of concepts and misconceptions.</param>
    /// <param name="copy">For whom; none for nobody in particular.</param>
    public static string Export(Session session, CourseContent course, PersonalCopy? copy = null) => new DocumentWriter(session, course.Concepts, copy).Write();
}
