using System.CommandLine;
using System.Globalization;
using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary><c>fukami course import</c>: a plain document or a GIFT file becomes a session file, with marks where the author has to fill in.</summary>
internal sealed class CourseImportCommand : DocumentedCommand
{
    private const int Listed = 12;
    private const long MaximumBytes = 16L << 20;

    private readonly Argument<string> file = new Argument<string>("FILE").With("A Markdown document, or questions in GIFT (.gift).", "Markdown の文書、または GIFT 形式の問題（.gift）。");
    private readonly Option<string> output = new Option<string>("--out") { HelpName = "DIR", DefaultValueFactory = _ => "." }.With("The course's folder; the session goes into its ja or en.", "コースのフォルダ。その中の ja または en に書き出します。");
    private readonly Option<string?> id = new Option<string?>("--id") { HelpName = "ID" }.With("The session's id; made from the title unless given.", "セッションの id。指定しなければ題名から作ります。");
    private readonly Option<bool> force = new Option<bool>("--force").With("Write over a session that is there.", "同じ名前のセッションがあれば上書きします。");
    private readonly Terminal terminal;

    /// <summary>The command.</summary>
    public CourseImportCommand(Terminal terminal)
        : base(
            "import",
            new LocalizedText("Turn a plain document or a GIFT file into a session.", "ふつうの文書や GIFT ファイルをセッションに変換します。"),
            [
                new Example("fukami course import lesson-3.md --out my-course", new LocalizedText("Writes my-course/en/3-….md and says what is left to fill in.", "my-course/ja/3-….md を書き、残りの記入箇所を示します。")),
                new Example("fukami course import questions.gift --id attention-quiz", new LocalizedText("Questions from Moodle.", "Moodle の問題を取り込みます。")),
            ])
    {
        this.terminal = terminal;
        Add(file);
        Add(output);
        Add(id);
        Add(force);
        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        string path = parsed.GetValue(file)!;
        byte[] bytes = Read(path);
        Language? language = parsed.GetValue<string>("--lang") switch { "ja" => Language.Japanese, "en" => Language.English, _ => null };
        string name = Path.GetFileName(path);
        ImportedSession imported = path.EndsWith(".gift", StringComparison.OrdinalIgnoreCase)
            ? GiftFile.Import(bytes, name, language, parsed.GetValue(id))
            : SessionDocument.Import(bytes, name, language, parsed.GetValue(id));
        string target = Path.Combine(parsed.GetValue(output)!, imported.File);
        Write(target, imported.Markdown, parsed.GetValue(force));
        Tell(target, imported);
        return ExitCode.Success;
    }

    private static byte[] Read(string path)
    {
        try
        {
            var info = new FileInfo(path);
            if (info.Exists && info.Length > MaximumBytes)
            {
                throw new CourseException(new LocalizedText($"{path} has {info.Length} bytes, too many for a document; split it.", $"{path} は {info.Length} バイトあり、文書として大きすぎます。分けてください。"));
            }

            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CourseException(new LocalizedText($"{path} cannot be read ({e.Message.TrimEnd('.')}); give the path of a document.", $"{path} を読めません（{e.Message.TrimEnd('.')}）。文書のパスを指定してください。"), e);
        }
    }

    private static void Write(string target, string markdown, bool overwrites)
    {
        if (File.Exists(target) && !overwrites)
        {
            throw new CourseException(new LocalizedText(
                $"{target} is there already and was left as it was; give --force to write over it, or another --id.",
                $"{target} はすでにあるため、書き換えませんでした。上書きするには --force を、別名にするには --id を指定してください。"));
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CourseException(new LocalizedText($"The folder for {target} cannot be made ({e.Message.TrimEnd('.')}).", $"{target} のフォルダを作れません（{e.Message.TrimEnd('.')}）。"), e);
        }

        AtomicFile.Write(target, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            writer.Write(markdown);
        });
    }

    private static string Counted(int count, string thing) => count == 1 ? $"1 {thing}" : string.Create(CultureInfo.InvariantCulture, $"{count} {thing}s");

    private void Tell(string target, ImportedSession imported)
    {
        Session session = imported.Session;
        int questions = session.Questions.Count();
        int keyed = session.Questions.Count(question => question is ChoiceQuestion choice ? choice.Options.Any(option => option.IsRight) : question is not OpenQuestion { ModelAnswer.Length: 0 });
        string answered = questions == 0 ? "" : $", {keyed} of them with an answer";
        terminal.Out.WriteLine(terminal.Say(
            $"{target}: {Counted(session.Sections.Count, "section")}, {Counted(questions, "question")}{answered}.",
            $"{target} を書きました。節 {session.Sections.Count}、問い {questions}（うち解答あり {keyed}）。"));
        foreach (LocalizedText note in imported.Notes)
        {
            terminal.Out.WriteLine(terminal.Say(note));
        }

        if (imported.ToFillIn.Count == 0)
        {
            return;
        }

        terminal.Out.WriteLine(terminal.Say(
            $"Left to fill in, {imported.ToFillIn.Count} places (fukami course check shows them again):",
            $"記入が必要な箇所が {imported.ToFillIn.Count} か所あります（fukami course check でも確かめられます）:"));
        foreach (CourseFault fault in imported.ToFillIn.Take(Listed))
        {
            terminal.Out.WriteLine($"  {fault.In(terminal.Language)}");
        }

        if (imported.ToFillIn.Count > Listed)
        {
            terminal.Out.WriteLine(terminal.Say($"  and {imported.ToFillIn.Count - Listed} more.", $"  ほか {imported.ToFillIn.Count - Listed} か所。"));
        }
    }
}
