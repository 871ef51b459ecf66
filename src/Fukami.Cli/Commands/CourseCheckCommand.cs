using System.CommandLine;
using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary><c>fukami course check</c>: every fault of a course's files, and where lesson and measurement disagree.</summary>
internal sealed class CourseCheckCommand : DocumentedCommand
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);

    private readonly Argument<string?> folder = new Argument<string?>("DIR") { Arity = ArgumentArity.ZeroOrOne }.With("The course's folder; the one that ships unless given.", "コースのフォルダ。指定しなければ付属のコース。");
    private readonly Option<bool> skip = new Option<bool>("--no-run").With("Do not run the experiments.", "実験は実行しません。");
    private readonly Option<bool> watch = new Option<bool>("--watch").With("Check again whenever a file changes, without the experiments; Ctrl-C ends it.", "ファイルが変わるたびに検査し直します（実験は実行しません）。Ctrl-C で終わります。");
    private readonly Terminal terminal;

    /// <summary>The command.</summary>
    public CourseCheckCommand(Terminal terminal, CancellationToken stop)
        : base(
            "check",
            new LocalizedText("Find every fault of a course.", "コースの誤りをすべて見つけます。"),
            [
                new Example("fukami course check courses/why-deep", new LocalizedText("Everything, the experiments among it (about a minute).", "実験も含めてすべて検査します（1 分ほど）。")),
                new Example("fukami course check courses/why-deep --watch", new LocalizedText("While you write.", "書きながら検査します。")),
            ])
    {
        this.terminal = terminal;
        Add(folder);
        Add(skip);
        Add(watch);
        SetAction(parsed => Run(parsed.GetValue(folder) ?? CourseFolder.Shipped, parsed.GetValue(skip), parsed.GetValue(watch), stop));
    }

    private int Run(string directory, bool skips, bool watches, CancellationToken stop)
    {
        if (watches)
        {
            return Watch(directory, stop);
        }

        if (!skips)
        {
            terminal.Error.WriteLine(terminal.Say("Running the experiments that the lessons rely on, about a minute …", "本文の根拠となる実験を実行します（1 分ほど）…"));
        }

        try
        {
            return Check(directory, !skips, stop);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    private int Check(string directory, bool runs, CancellationToken stop)
    {
        IReadOnlyList<CourseFault> faults = CourseCheck.Run(directory, runs, new Told(terminal), stop);
        foreach (CourseFault fault in faults)
        {
            terminal.Out.WriteLine(fault.In(terminal.Language));
        }

        terminal.Out.WriteLine(faults.Count == 0
            ? terminal.Say("No faults.", "誤りはありません。")
            : terminal.Say(faults.Count == 1 ? "1 fault." : $"{faults.Count} faults.", $"誤りが {faults.Count} 件あります。"));
        return faults.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private int Watch(string directory, CancellationToken stop)
    {
        var seen = new FolderSnapshot(directory); // before the check, so that an edit during it is seen
        Check(directory, runs: false, stop);
        while (!stop.WaitHandle.WaitOne(BetweenLooks))
        {
            var now = new FolderSnapshot(directory);
            if (now.IsSame(seen))
            {
                continue;
            }

            seen = Settled(directory, now, stop);
            terminal.Out.WriteLine();
            try
            {
                Check(directory, runs: false, stop);
            }
            catch (CourseException e) when (!Directory.Exists(directory))
            {
                terminal.Error.WriteLine(terminal.Say(e.Sentence)); // it may come back
            }
        }

        return ExitCode.Interrupted;
    }

    // an editor writes a file in several steps: until two looks see the same
    private static FolderSnapshot Settled(string directory, FolderSnapshot seen, CancellationToken stop)
    {
        while (!stop.WaitHandle.WaitOne(BetweenLooks))
        {
            var now = new FolderSnapshot(directory);
            if (now.IsSame(seen))
            {
                break;
            }

            seen = now;
        }

        return seen;
    }

    private sealed class Told(Terminal terminal) : IProgress<string>
    {
        public void Report(string value) => terminal.Error.WriteLine($"  {value}");
    }
}
