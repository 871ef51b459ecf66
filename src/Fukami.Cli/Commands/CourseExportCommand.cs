using System.CommandLine;
using System.Text;
using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary><c>fukami course export</c>: a session as a document, as a page, for paper, or its questions for other systems.</summary>
internal sealed class CourseExportCommand : DocumentedCommand
{
    private static readonly string[] Forms = ["document", "html", "print", "gift", "qti"];

    private readonly Argument<string> session = new Argument<string>("SESSION").With("The session's number or id.", "セッションの番号または id。");
    private readonly Option<string> form = new Option<string>("--as") { HelpName = "FORM", DefaultValueFactory = _ => "document" }.With("document, html, print (a page for paper), gift or qti.", "document（文書）、html、print（印刷用）、gift、qti のいずれか。");
    private readonly Option<string?> learner = new Option<string?>("--learner") { HelpName = "NAME" }.With("The name that stands on it; not for gift and qti.", "表紙に書く受講者名（gift と qti では使いません）。");
    private readonly Option<string?> role = new Option<string?>("--role") { HelpName = "TEXT" }.With("What the learner does at work.", "受講者の役割。");
    private readonly Option<string?> group = new Option<string?>("--group") { HelpName = "TEXT" }.With("The learner's study group.", "受講者の勉強会。");
    private readonly Option<string?> output = new Option<string?>("--out") { HelpName = "FILE" }.With("The file to write; standard output unless given.", "書き出すファイル。指定しなければ標準出力。");
    private readonly Option<string?> folder = new Option<string?>("--course") { HelpName = "DIR" }.With("The course's folder; the one that ships unless given.", "コースのフォルダ。指定しなければ付属のコース。");
    private readonly TimeProvider time = TimeProvider.System;
    private readonly Terminal terminal;

    /// <summary>The command.</summary>
    public CourseExportCommand(Terminal terminal)
        : base(
            "export",
            new LocalizedText("Write a session as a document, a page, for paper, or its questions for other systems.", "セッションを文書・HTML・印刷用に、または問題をほかのシステム用に書き出します。"),
            [
                new Example("fukami course export 1 --as html --out session-1.html", new LocalizedText("One page that needs no connection.", "接続なしで読める 1 枚のページ。")),
                new Example("fukami course export 1 --learner Aya --lang ja --out session-1.md", new LocalizedText("A document in Japanese with a name on it.", "受講者名の入った日本語の文書。")),
                new Example("fukami course export 2 --as gift --out session-2.gift", new LocalizedText("Questions for Moodle.", "Moodle 用の問題。")),
            ])
    {
        this.terminal = terminal;
        form.AcceptOnlyFromAmong(Forms);
        Add(session);
        Add(form);
        Add(learner);
        Add(role);
        Add(group);
        Add(output);
        Add(folder);
        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        CourseContent course = CourseFolder.Open(parsed.GetValue(folder) ?? CourseFolder.Shipped);
        Session found = Find(course, parsed.GetValue(session)!);
        string written = parsed.GetValue(form)!;
        PersonalCopy? copy = parsed.GetValue(learner) is { Length: > 0 } name
            ? new PersonalCopy(name, parsed.GetValue(role) ?? "", parsed.GetValue(group) ?? "", null, DateOnly.FromDateTime(time.GetLocalNow().DateTime))
            : null;
        string? path = parsed.GetValue(output);
        if (path is null && written == "qti")
        {
            throw new UsageException(new LocalizedText("A QTI package is a zip; give --out FILE.zip.", "QTI は zip ファイルです。--out FILE.zip を指定してください。"));
        }

        Action<Stream> write = written switch
        {
            "html" => stream => SessionHtml.Write(found, course, copy, stream),
            "print" => stream => SessionHtml.Write(found, course, copy, stream, isForPrint: true),
            "gift" => stream => stream.Write(Encoding.UTF8.GetBytes(GiftFile.Write(found))),
            "qti" => stream => QtiPackage.Write(found, stream),
            _ => stream => stream.Write(Encoding.UTF8.GetBytes(SessionDocument.Export(found, course, copy))),
        };
        if (path is null)
        {
            using Stream standard = terminal.OpenOut();
            write(standard);
            return ExitCode.Success;
        }

        AtomicFile.Write(path, write);
        terminal.Out.WriteLine(terminal.Say($"{path}: session {found.Number}, “{found.Title}”.", $"{path} に第{found.Number}回「{found.Title}」を書き出しました。"));
        int predictions = found.Questions.Count(question => question is PredictQuestion);
        if (written is "gift" or "qti" && predictions > 0)
        {
            terminal.Out.WriteLine(terminal.Say($"{predictions} predictions were left out: only the experiment answers them.", $"予想の問い {predictions} 件は、実験でしか答えが出ないため含めていません。"));
        }

        return ExitCode.Success;
    }

    private Session Find(CourseContent course, string name)
    {
        IReadOnlyList<Session> sessions = course.Sessions(terminal.Language);
        return sessions.FirstOrDefault(known => string.Equals(known.Id, name, StringComparison.Ordinal) || string.Equals(known.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), name, StringComparison.Ordinal))
            ?? throw new CourseException(new LocalizedText(
                $"There is no session “{name}”; there are: {string.Join(", ", sessions.Select(known => $"{known.Number} {known.Id}"))}.",
                $"「{name}」というセッションはありません。あるのは {string.Join(", ", sessions.Select(known => $"{known.Number} {known.Id}"))} です。"));
    }
}
