using System.CommandLine;
using System.Globalization;
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
    private readonly Option<string?> learner = new Option<string?>("--learner") { HelpName = "NAME" }.With(
        "For whom, by name, as fukami study knows them: with their gaps, answers and measurements; not for gift and qti.", "受講者の名前（fukami study で登録したもの）。つまずき、回答、測定値も入ります（gift と qti では使えません）。");
    private readonly Option<string?> role = new Option<string?>("--role") { HelpName = "TEXT" }.With("Another role than the learner's data say.", "登録とは別の役割を書くとき。");
    private readonly Option<string?> group = new Option<string?>("--group") { HelpName = "TEXT" }.With("Another study group than the learner's data say.", "登録とは別の勉強会を書くとき。");
    private readonly Option<string?> data = new Option<string?>("--data") { HelpName = "DIR" }.With("Folder of the learners' data; your own data folder unless given.", "学習者のデータを置くフォルダ。指定しなければ、ユーザーのデータフォルダ。");
    private readonly Option<string?> output = new Option<string?>("--out") { HelpName = "FILE" }.With("The file to write; standard output unless given.", "書き出すファイル。指定しなければ標準出力。");
    private readonly Option<string?> folder = new Option<string?>("--course") { HelpName = "DIR" }.With("The course's folder; the one that ships unless given.", "コースのフォルダ。指定しなければ付属のコース。");
    private readonly Terminal terminal;
    private readonly CancellationToken stop;

    /// <summary>The command.</summary>
    public CourseExportCommand(Terminal terminal, CancellationToken stop)
        : base(
            "export",
            new LocalizedText("Write a session as a document, a page, for paper, or its questions for other systems.", "セッションを文書・HTML・印刷用に、または問題をほかのシステム用に書き出します。"),
            [
                new Example("fukami course export 1 --as html --out session-1.html", new LocalizedText("One page that needs no connection.", "接続なしで読める 1 枚のページ。")),
                new Example("fukami course export 1 --learner Aya --as print --out aya-1.html", new LocalizedText("For paper, with Aya's own answers and measurements.", "Aya さんの回答と測定値が入った印刷用のページ。")),
                new Example("fukami course export 2 --as gift --out session-2.gift", new LocalizedText("Questions for Moodle.", "Moodle 用の問題。")),
            ])
    {
        (this.terminal, this.stop) = (terminal, stop);
        form.AcceptOnlyFromAmong(Forms);
        Add(session);
        Add(form);
        Add(learner);
        Add(role);
        Add(group);
        Add(data);
        Add(output);
        Add(folder);
        SetAction(parsed => RunAsync(parsed).GetAwaiter().GetResult());
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        string written = parsed.GetValue(form)!;
        string? path = parsed.GetValue(output);
        Refuse(parsed, written, path);
        CourseContent course = CourseFolder.Open(parsed.GetValue(folder) ?? CourseFolder.Shipped);
        PersonalCopy? copy = null;
        Language language = terminal.Language;
        if (parsed.GetValue(learner) is { } name)
        {
            (Learner found, LearnerState state) = await LearnerCopy.FindAsync(name, course, StoreAddress.Of(parsed.GetValue(data)), stop);
            copy = new PersonalCopy(found.Name, parsed.GetValue(role) ?? found.Role, parsed.GetValue(group) ?? found.Group, state, DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime));
            language = parsed.GetValue<string?>("--lang") is null ? found.Language : language;
        }

        Write(Find(course, parsed.GetValue(session)!, language), course, copy, written, path);
        return ExitCode.Success;
    }

    private void Refuse(ParseResult parsed, string written, string? path)
    {
        if (path is null && written == "qti")
        {
            throw new UsageException(new LocalizedText("A QTI package is a zip; give --out FILE.zip.", "QTI は zip ファイルです。--out FILE.zip を指定してください。"));
        }

        bool isFor = parsed.GetValue(learner) is not null;
        if (isFor && written is ("gift" or "qti"))
        {
            throw new UsageException(new LocalizedText(
                $"Questions for other systems are nobody's own; leave out --learner with --as {written}.",
                $"ほかのシステム用の問題には、受講者ごとの内容はありません。--as {written} では --learner を外してください。"));
        }

        Option? alone = ((Option[])[role, group, data]).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
        if (alone is not null && !isFor)
        {
            throw new UsageException(new LocalizedText($"{alone.Name} says something of a learner; give --learner NAME too.", $"{alone.Name} は受講者についての指定です。--learner 名前 とともに指定してください。"));
        }
    }

    private void Write(Session found, CourseContent course, PersonalCopy? copy, string written, string? path)
    {
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
            return;
        }

        AtomicFile.Write(path, write);
        terminal.Out.WriteLine(terminal.Say($"{path}: session {found.Number}, “{found.Title}”.", $"{path} に第{found.Number}回「{found.Title}」を書き出しました。"));
        int predictions = found.Questions.Count(question => question is PredictQuestion);
        if (written is "gift" or "qti" && predictions > 0)
        {
            terminal.Out.WriteLine(terminal.Say($"{predictions} predictions were left out: only the experiment answers them.", $"予想の問い {predictions} 件は、実験でしか答えが出ないため含めていません。"));
        }
    }

    private static Session Find(CourseContent course, string name, Language language)
    {
        IReadOnlyList<Session> sessions = course.Sessions(language);
        return sessions.FirstOrDefault(known => string.Equals(known.Id, name, StringComparison.Ordinal) || string.Equals(known.Number.ToString(CultureInfo.InvariantCulture), name, StringComparison.Ordinal))
            ?? throw new CourseException(new LocalizedText(
                $"There is no session “{name}”; there are: {string.Join(", ", sessions.Select(known => $"{known.Number} {known.Id}"))}.",
                $"「{name}」というセッションはありません。あるのは {string.Join(", ", sessions.Select(known => $"{known.Number} {known.Id}"))} です。"));
    }
}
