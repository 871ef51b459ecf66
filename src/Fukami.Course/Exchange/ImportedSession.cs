using Fukami.Lab;

namespace Fukami.Course;

/// <summary>A document that became a session.</summary>
/// <param name="Session">The session; what the document does not say is empty or 0 in it.</param>
/// <param name="Markdown">The session's file, with what the author has to fill in marked.</param>
/// <param name="Notes">What the author should know of the import.</param>
/// <param name="ToFillIn">What is to be filled in, each with the line of the file, as the course check will report it.</param>
public sealed record ImportedSession(Session Session, string Markdown, IReadOnlyList<LocalizedText> Notes, IReadOnlyList<CourseFault> ToFillIn)
{
    /// <summary>Where the file belongs within a course's folder.</summary>
    public string File => FileOf(Session);

    internal static string FileOf(Session session) => System.FormattableString.Invariant($"{(session.Language == Language.Japanese ? "ja" : "en")}/{session.Number}-{session.Id}.md");

    internal static ImportedSession Of(Session session, IReadOnlyList<LocalizedText> notes)
    {
        string markdown = SessionWriter.Write(session);
        string file = FileOf(session);
        var faults = new List<CourseFault>();
        SessionReader.Read(markdown, session.Language, new Dictionary<string, Rubric>(StringComparer.Ordinal), new FaultList(file, faults));
        MarkCheck.Run(markdown, new FaultList(file, faults));
        return new ImportedSession(session, markdown, notes, [.. faults.OrderBy(fault => fault.Line)]);
    }
}
