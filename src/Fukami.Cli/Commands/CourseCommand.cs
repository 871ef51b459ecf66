using Fukami.Lab;

namespace Fukami.Cli;

/// <summary><c>fukami course</c>: what authors of a course need.</summary>
internal sealed class CourseCommand : DocumentedCommand
{
    /// <summary>The command.</summary>
    public CourseCommand(Terminal terminal, CancellationToken stop)
        : base(
            "course",
            new LocalizedText("Check, import and export courses.", "コースを検査し、取り込み、書き出します。"),
            [
                new Example("fukami course check", new LocalizedText("Every fault of the course that ships, with its file and line.", "付属のコースの誤りを、ファイル名と行番号付きですべて示します。")),
                new Example("fukami course import lesson-3.md --out my-course", new LocalizedText("A document that somebody wrote becomes a session.", "ふつうの文書をセッションにします。")),
                new Example("fukami course export 1 --as html --out session-1.html", new LocalizedText("A session as one page.", "セッションを 1 枚のページにします。")),
            ])
    {
        Add(new CourseCheckCommand(terminal, stop));
        Add(new CourseImportCommand(terminal));
        Add(new CourseExportCommand(terminal, stop));
    }
}
