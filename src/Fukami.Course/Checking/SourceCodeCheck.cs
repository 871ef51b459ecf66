using System.Text.RegularExpressions;

namespace Fukami.Course;

/// <summary>
/// A lesson that reads the project's own source shows it as it is: the lines of a code block that names a file, <c>```csharp src/…</c>, must stand in that file.
/// Where the project's source is not at hand, there is nothing to compare.
/// </summary>
/// <param name="course">The course.</param>
/// <param name="faults">Where faults go.</param>
internal sealed partial class SourceCodeCheck(CourseContent course, ICollection<CourseFault> faults)
{
    /// <summary>Compares all code blocks that name a file.</summary>
    public void Run()
    {
        if (ProjectOf(course.Directory) is not { } project)
        {
            return;
        }

        foreach (Session session in course.Every)
        {
            var list = new FaultList(course.FileOf(session), faults);
            foreach (TextBlock text in session.AllBlocks.OfType<TextBlock>())
            {
                foreach (Match code in CodeBlock.Matches(text.Markdown))
                {
                    Compare(project, code.Groups["file"].Value, code.Groups["code"].Value, list, text.Line);
                }
            }
        }
    }

    [GeneratedRegex(@"^```\w+ (?<file>\S+)\n(?<code>.*?)^```", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeBlock { get; }

    private static void Compare(string project, string name, string code, FaultList list, int line)
    {
        string path = Path.GetFullPath(Path.Combine(project, name));
        if (!path.StartsWith(project + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(path))
        {
            list.Add(line, $"The code is said to be from {name}, which is no file of the project.", $"コードの出典 {name} は、このプロジェクトのファイルではありません。");
            return;
        }

        var lines = File.ReadLines(path).Select(text => text.Trim()).ToHashSet(StringComparer.Ordinal);
        foreach (string wanted in code.Split('\n').Select(text => text.Trim()).Where(text => text.Length > 0 && !lines.Contains(text)))
        {
            list.Add(line, $"{name} does not have the line “{wanted}”.", $"{name} に「{wanted}」という行はありません。");
        }
    }

    private static string? ProjectOf(string directory)
    {
        for (DirectoryInfo? folder = new(Path.GetFullPath(directory)); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Fukami.slnx")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
