using System.CommandLine;
using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary><c>fukami course check</c>: every fault of a course's files, and where lesson and measurement disagree.</summary>
internal sealed class CourseCheckCommand : DocumentedCommand
{
    // an editor writes a file in several steps
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

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
            : terminal.Say($"{faults.Count} faults.", $"誤りが {faults.Count} 件あります。"));
        return faults.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private int Watch(string directory, CancellationToken stop)
    {
        Check(directory, runs: false, stop);
        using var changed = new AutoResetEvent(false);
        using var watcher = new FileSystemWatcher(directory) { IncludeSubdirectories = true };
        watcher.Changed += Note;
        watcher.Created += Note;
        watcher.Deleted += Note;
        watcher.Renamed += Note;
        watcher.EnableRaisingEvents = true;
        while (WaitHandle.WaitAny([changed, stop.WaitHandle]) == 0)
        {
            while (changed.WaitOne(Quiet))
            {
                // until nothing changes any more
            }

            terminal.Out.WriteLine();
            Check(directory, runs: false, stop);
        }

        return ExitCode.Interrupted;

        void Note(object sender, FileSystemEventArgs e) => changed.Set();
    }

    private sealed class Told(Terminal terminal) : IProgress<string>
    {
        public void Report(string value) => terminal.Error.WriteLine($"  {value}");
    }
}
