using Fukami.Lab;

namespace Fukami.Course;

/// <summary>A course as it was read from its folder.</summary>
public sealed class CourseContent
{
    private readonly IReadOnlyList<Session> sessions;
    private readonly Dictionary<Session, string> files;

    /// <summary>A course.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="concepts">The concepts.</param>
    /// <param name="outline">All sessions in their order.</param>
    /// <param name="sessions">Those that are written, each with its file.</param>
    /// <param name="rubrics">The rubrics.</param>
    internal CourseContent(string directory, ConceptMap concepts, IReadOnlyList<SessionOutline> outline, IReadOnlyList<(Session Session, string File)> sessions, IReadOnlyCollection<Rubric> rubrics)
    {
        (Directory, Concepts, Outline, Rubrics) = (directory, concepts, outline, rubrics);
        this.sessions = [.. sessions.Select(entry => entry.Session)];
        files = sessions.ToDictionary(entry => entry.Session, entry => entry.File, ReferenceEqualityComparer.Instance as IEqualityComparer<Session>);
    }

    /// <summary>The folder.</summary>
    public string Directory { get; }

    /// <summary>The concepts.</summary>
    public ConceptMap Concepts { get; }

    /// <summary>All sessions in their order, those that are not written yet among them.</summary>
    public IReadOnlyList<SessionOutline> Outline { get; }

    /// <summary>The sessions in a language, in their order; the baseline test is none of them.</summary>
    public IReadOnlyList<Session> Sessions(Language language) => [.. sessions.Where(session => session.Language == language && session.Number > 0).OrderBy(session => session.Number)];

    /// <summary>The session of this id, or null.</summary>
    public Session? Session(string id, Language language) => sessions.FirstOrDefault(session => session.Language == language && string.Equals(session.Id, id, StringComparison.Ordinal));

    /// <summary>The baseline test in a language, or null.</summary>
    public Session? Baseline(Language language) => sessions.FirstOrDefault(session => session.Language == language && session.Number == 0);

    /// <summary>All sessions in all languages, the baseline test among them.</summary>
    internal IReadOnlyList<Session> Every => sessions;

    /// <summary>The rubrics of open questions.</summary>
    internal IReadOnlyCollection<Rubric> Rubrics { get; }

    /// <summary>The file of a session, relative to the course's folder.</summary>
    internal string FileOf(Session session) => files[session];

    /// <summary>All questions of the course, in every language.</summary>
    public IEnumerable<Question> AllQuestions => sessions.SelectMany(session => session.Questions);

    /// <summary>The question of this id, wherever it is asked, or null.</summary>
    public Question? Question(string id, Language language) =>
        sessions.Where(session => session.Language == language).SelectMany(session => session.Questions).FirstOrDefault(question => string.Equals(question.Id, id, StringComparison.Ordinal));
}
