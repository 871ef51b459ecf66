using System.CommandLine;
using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary><c>fukami study</c>: the course in the terminal.</summary>
internal sealed class StudyCommand : DocumentedCommand
{
    private readonly Argument<string?> session = new Argument<string?>("SESSION") { Arity = ArgumentArity.ZeroOrOne }.With(
        "A session's number or name; what the plan says is next unless given.", "セッションの番号または名前。指定しなければ、計画で次に来るもの。");

    private readonly Option<bool> baseline = new Option<bool>("--baseline").With("Take the baseline test (again).", "事前テストを受けます（受け直しもできます）。");
    private readonly Option<bool> plan = new Option<bool>("--plan").With("Show your plan.", "学習計画を表示します。");
    private readonly Option<string> output = new Option<string>("--out") { HelpName = "FILE.md" }.With("With --plan: write it as a document.", "--plan とともに: 計画を文書として書き出します。");
    private readonly Option<bool> review = new Option<bool>("--review").With("Answer the questions that are due again.", "復習の時期が来た質問に答えます。");
    private readonly Option<bool> list = new Option<bool>("--list").With("List the sessions and how far you are.", "セッションの一覧と進み具合を表示します。");
    private readonly Option<bool> again = new Option<bool>("--again").With("Begin the session anew.", "セッションを最初からやり直します。");
    private readonly Option<string> export = new Option<string>("--export") { HelpName = "FILE" }.With("Write everything of the learner to a file.", "学習者の記録をすべてファイルに書き出します。");
    private readonly Option<string> import = new Option<string>("--import") { HelpName = "FILE" }.With("Add the learner of such a file; with --learner, under another name.", "書き出したファイルから学習者を取り込みます。--learner で名前を変えられます。");
    private readonly Option<bool> delete = new Option<bool>("--delete").With("Delete everything of the learner.", "学習者の記録をすべて削除します。");
    private readonly Option<string> learner = new Option<string>("--learner") { HelpName = "NAME" }.With("Who studies, where there are several.", "学習者が複数いる場合に指定します。");
    private readonly Option<string> data = new Option<string>("--data") { HelpName = "DIR" }.With("Folder of the learners' data; your own data folder unless given.", "学習者のデータを置くフォルダ。指定しなければ、ユーザーのデータフォルダ。");
    private readonly Option<string> course = new Option<string>("--course") { HelpName = "DIR" }.With("The course's folder; the one that ships unless given.", "コースのフォルダ。指定しなければ付属のコース。");
    private readonly Option<string> now = ShiftedTime.Option();
    private readonly Terminal terminal;
    private readonly CancellationToken stop;

    /// <summary>The command.</summary>
    public StudyCommand(Terminal terminal, CancellationToken stop)
        : base(
            "study",
            new LocalizedText(
                "Study in the terminal: find out what you know, predict, measure, answer, and review. It can be left at any moment and goes on at the same step.",
                "ターミナルで学習します。知っていることを確かめ、予想し、測り、答え、復習します。いつ閉じても、同じステップから再開できます。"),
            [
                new Example("fukami study", new LocalizedText("Begin, or go on with what is next.", "始める、または続きから再開します。")),
                new Example("fukami study --plan --out plan.md", new LocalizedText("Your plan as a document.", "学習計画を文書にします。")),
                new Example("fukami study --review", new LocalizedText("What is due again today.", "今日の復習をします。")),
            ])
    {
        (this.terminal, this.stop) = (terminal, stop);
        Add(session);
        foreach (Option option in (Option[])[baseline, plan, output, review, list, again, export, import, delete, learner, data, course, now])
        {
            Add(option);
        }

        SetAction(parsed => RunAsync(parsed).GetAwaiter().GetResult());
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        Refuse(parsed);
        try
        {
            CourseContent content = CourseFolder.Open(parsed.GetValue(course) ?? CourseFolder.Shipped);
            TimeProvider time = ShiftedTime.Of(parsed.GetValue(now));
            LearnerStore store = await LearnerStore.OpenAsync(StoreAddress.Of(parsed.GetValue(data)), time, stop);
            var files = new LearnerFiles(new StudyScreen(terminal, stop), store);
            if (parsed.GetValue(import) is { } imported)
            {
                await files.ImportAsync(imported, parsed.GetValue(learner));
                return ExitCode.Success;
            }

            (Learner found, bool isNew) = await new LearnerScreen(new StudyScreen(terminal, stop), store).FindAsync(parsed.GetValue(learner));
            if (parsed.GetValue(export) is { } exported)
            {
                await files.ExportAsync(found, exported);
                return ExitCode.Success;
            }

            if (parsed.GetValue(delete))
            {
                await files.DeleteAsync(found);
                return ExitCode.Success;
            }

            Learner reader = IsLanguageGiven(parsed) && !isNew ? found with { Language = terminal.Language } : found;
            var consent = new ChatConsent(ChatSettings.Of(), store, reader, time);
            var room = new StudyRoom(content, store, OpenJudges.For(() => consent.Address, ChatSettings.Of()), time);
            await ActAsync(parsed, room, new StudyScreen(terminal.Speaking(reader.Language), stop), reader, isNew, consent);
            return ExitCode.Success;
        }
        catch (StudyPausedException pause)
        {
            return pause.IsInterrupted ? ExitCode.Interrupted : ExitCode.Success;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    private async Task ActAsync(ParseResult parsed, StudyRoom room, StudyScreen screen, Learner reader, bool isNew, ChatConsent consent)
    {
        if (parsed.GetValue(baseline))
        {
            await new BaselineScreen(screen, room, reader).RunAsync(anew: true);
            new PlanScreen(screen, await room.StateAsync(reader, stop)).Show();
        }
        else if (parsed.GetValue(plan))
        {
            await PlanAsync(room, screen, reader, parsed.GetValue(output));
        }
        else if (parsed.GetValue(review))
        {
            await consent.AskAsync(screen);
            await new ReviewScreen(screen, room, reader).RunAsync();
        }
        else if (parsed.GetValue(list))
        {
            new SessionList(screen, await room.StateAsync(reader, stop)).Show();
        }
        else
        {
            await new StudyWay(screen, room, reader, consent).RunAsync(parsed.GetValue(session), parsed.GetValue(again), isNew);
        }
    }

    private async Task PlanAsync(StudyRoom room, StudyScreen screen, Learner reader, string? path)
    {
        var shown = new PlanScreen(screen, await room.StateAsync(reader, stop));
        if (path is null)
        {
            shown.Show();
            return;
        }

        shown.Export(path, reader, room.Time.GetUtcNow());
        screen.Paragraph(screen.Say($"Your plan is in {path}.", $"学習計画を {path} に書き出しました。"));
    }

    private void Refuse(ParseResult parsed)
    {
        Option[] modes = [.. ((Option[])[baseline, plan, review, list, export, import, delete]).Where(mode => parsed.GetResult(mode) is { Implicit: false })];
        if (modes.Length > 1 || (modes.Length == 1 && parsed.GetValue(session) is not null))
        {
            throw new UsageException(new LocalizedText(
                $"{modes[0].Name} is a way of its own; give one of SESSION, --baseline, --plan, --review, --list, --export, --import and --delete.",
                $"{modes[0].Name} は単独で使います。SESSION、--baseline、--plan、--review、--list、--export、--import、--delete のいずれか一つを指定してください。"));
        }

        if (parsed.GetValue(output) is not null && !parsed.GetValue(plan))
        {
            throw new UsageException(new LocalizedText("--out writes the plan; give --plan too.", "--out は計画を書き出します。--plan とともに指定してください。"));
        }
    }

    private static bool IsLanguageGiven(ParseResult parsed) => parsed.RootCommandResult.Command.Options.Any(option => option.Name == "--lang" && parsed.GetResult(option) is { Implicit: false });
}
