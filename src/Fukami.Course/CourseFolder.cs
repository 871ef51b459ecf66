using Fukami.Lab;

namespace Fukami.Course;

/// <summary>
/// A course on disk: <c>concepts.yaml</c>, <c>rubrics/*.yaml</c>, and for each language a folder (<c>ja</c>, <c>en</c>) with
/// <c>baseline.md</c> and the sessions, <c>1-residual-and-normalization.md</c> and so on. docs/course-format.md describes the files.
/// </summary>
public static class CourseFolder
{
    /// <summary>The course that ships with the program.</summary>
    public static string Shipped => Path.Combine(AppContext.BaseDirectory, "courses", "why-deep");

    /// <summary>Reads a course.</summary>
    /// <exception cref="CourseException">There is none, or its files have faults; the first is given.</exception>
    public static CourseContent Open(string directory)
    {
        var faults = new List<CourseFault>();
        CourseContent content = Read(directory, faults);
        return faults.Count == 0 ? content : throw new CourseException(new LocalizedText(
            $"The course in {directory} has {faults.Count} faults; the first: {faults[0].In(Language.English)} Run fukami course check {directory}.",
            $"{directory} のコースに {faults.Count} 件の誤りがあります。最初の誤り: {faults[0].In(Language.Japanese)} fukami course check {directory} で確かめてください。"));
    }

    /// <summary>Reads a course as far as it can be read.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="faults">Where faults go.</param>
    /// <exception cref="CourseException">There is no such folder, or a file cannot be read.</exception>
    internal static CourseContent Read(string directory, ICollection<CourseFault> faults)
    {
        if (!Directory.Exists(directory))
        {
            throw new CourseException(new LocalizedText($"There is no folder {directory}.", $"フォルダー {directory} がありません。"));
        }

        ConceptMap concepts = ConceptMapReader.Read(ReadText(directory, "concepts.yaml", faults) ?? "concepts: []", new FaultList("concepts.yaml", faults));
        IReadOnlyList<SessionOutline> outline = OutlineReader.Read(ReadText(directory, "outline.yaml", faults) ?? "sessions: []", new FaultList("outline.yaml", faults));
        Dictionary<string, Rubric> rubrics = ReadRubrics(directory, faults);
        var sessions = new List<(Session Session, string File)>();
        foreach ((Language language, string folder) in ((Language, string)[])[(Language.Japanese, "ja"), (Language.English, "en")])
        {
            foreach (string file in Files(Path.Combine(directory, folder), "*.md"))
            {
                string name = $"{folder}/{file}";
                if (ReadText(directory, name, faults) is { } text && SessionReader.Read(text, language, rubrics, new FaultList(name, faults)) is { } session)
                {
                    sessions.Add((session, name));
                }
            }
        }

        return new CourseContent(directory, concepts, outline, sessions, rubrics.Values);
    }

    private static Dictionary<string, Rubric> ReadRubrics(string directory, ICollection<CourseFault> faults)
    {
        var rubrics = new Dictionary<string, Rubric>(StringComparer.Ordinal);
        foreach (string file in Files(Path.Combine(directory, "rubrics"), "*.yaml"))
        {
            string name = $"rubrics/{file}";
            string id = Path.GetFileNameWithoutExtension(file);
            if (ReadText(directory, name, faults) is { } text)
            {
                rubrics[id] = RubricReader.Read(id, text, new FaultList(name, faults));
            }
        }

        return rubrics;
    }

    private static IEnumerable<string> Files(string folder, string pattern) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, pattern).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)
        : [];

    private static string? ReadText(string directory, string name, ICollection<CourseFault> faults)
    {
        var list = new FaultList(name, faults);
        var file = new FileInfo(Path.Combine(directory, name));
        try
        {
            if (!file.Exists)
            {
                list.Add(1, "The file is missing.", "ファイルがありません。");
                return null;
            }

            if (file.Length > 4L * MarkdownSource.MaximumCharacters)
            {
                list.Add(1, $"The file has {file.Length} bytes; at most {4L * MarkdownSource.MaximumCharacters} are read.", $"ファイルが {file.Length} バイトあります。読めるのは {4L * MarkdownSource.MaximumCharacters} バイトまでです。");
                return null;
            }

            return File.ReadAllText(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            list.Add(1, $"The file cannot be read: {e.Message}", $"ファイルを読めません: {e.Message}");
            return null;
        }
    }
}
