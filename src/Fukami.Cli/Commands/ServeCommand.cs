using System.CommandLine;
using System.Globalization;
using Fukami.Lab;
using Fukami.Web;

namespace Fukami.Cli;

/// <summary><c>fukami serve</c>: the study app in the browser.</summary>
internal sealed class ServeCommand : DocumentedCommand
{
    /// <summary>The command.</summary>
    public ServeCommand(Terminal terminal, CancellationToken stop)
        : base(
            "serve",
            new LocalizedText(
                "The study app in the browser: sessions, the lab, and the inside of a model. Only this machine can reach it unless told otherwise; Ctrl-C ends it.",
                "ブラウザーで使う学習アプリです。セッション、実験室、モデルの内部を見られます。指定しないかぎり、このマシンからだけ開けます。終了は Ctrl-C です。"),
            [
                new Example("fukami serve --open", new LocalizedText("On this machine, at port 5080, and open it.", "このマシンのポート 5080 で始め、ブラウザーで開きます。")),
                new Example("fukami serve --listen 0.0.0.0", new LocalizedText("For a study group: everybody signs in.", "勉強会で使います。全員がサインインします。")),
                new Example("fukami serve --models ~/models", new LocalizedText("With model folders of your own.", "手元のモデルフォルダも開けるようにします。")),
            ])
    {
        Option<bool> open = new Option<bool>("--open").With("Open it in the browser.", "ブラウザーで開きます。");
        Option<string> port = new Option<string>("--port") { HelpName = "N" }.With($"The port; {ServeOptions.DefaultPort} unless given, 0 for any that is free.", $"ポート番号。指定しなければ {ServeOptions.DefaultPort}。0 なら空いているポート。");
        Option<string> listen = new Option<string>("--listen") { HelpName = "ADDRESS" }.With("The address to listen at; 127.0.0.1 unless given. At any other, everybody has to sign in.", "待ち受けるアドレス。指定しなければ 127.0.0.1。それ以外では全員にサインインが必要です。");
        Option<string> data = new Option<string>("--data") { HelpName = "DIR" }.With("Folder of the learners' data; your own data folder unless given.", "学習者のデータを置くフォルダ。指定しなければ、ユーザーのデータフォルダ。");
        Option<string> course = new Option<string>("--course") { HelpName = "DIR" }.With("The course's folder; the one that ships unless given.", "コースのフォルダ。指定しなければ付属のコース。");
        Option<string[]> models = new Option<string[]>("--models") { HelpName = "DIR" }.With("A folder whose model folders may be opened in the app; may be given more than once.", "アプリから開いてよいモデルフォルダを含むフォルダ。複数指定できます。");
        Option<string> now = ShiftedTime.Option();
        foreach (Option option in (Option[])[open, port, listen, data, course, models, now])
        {
            Add(option);
        }

        SetAction(parsed =>
        {
            StudyApp.ServeAsync(
                new ServeOptions
                {
                    Port = Read(ServeOptions.ParsePort, parsed.GetValue(port) ?? ServeOptions.DefaultPort.ToString(CultureInfo.InvariantCulture)),
                    Address = Read(ServeOptions.ParseAddress, parsed.GetValue(listen) ?? "127.0.0.1"),
                    Data = parsed.GetValue(data),
                    Course = parsed.GetValue(course),
                    Models = parsed.GetValue(models) ?? [],
                    Opens = parsed.GetValue(open),
                    Language = terminal.Language,
                    Time = ShiftedTime.Of(parsed.GetValue(now)),
                },
                terminal.Error,
                stop).GetAwaiter().GetResult();
            return stop.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Success;
        });
    }

    private static T Read<T>(Func<string, T> parse, string text)
    {
        try
        {
            return parse(text);
        }
        catch (ServeException e)
        {
            throw new UsageException(e.Sentence, e);
        }
    }
}
