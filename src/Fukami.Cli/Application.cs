using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>The <c>fukami</c> command: parses a line, runs what it asks for, and answers with an exit code.</summary>
/// <param name="terminal">Where it writes.</param>
/// <param name="experiments">The experiments that it knows; the lab's unless given.</param>
internal sealed class Application(Terminal terminal, IReadOnlyList<Experiment>? experiments = null)
{
    private static readonly Example[] FirstExamples =
    [
        new("fukami experiment run gradient-flow", new LocalizedText("How large is the gradient that reaches each layer?", "各層に届く勾配はどれくらいの大きさでしょうか。")),
        new("fukami train --text shakespeare.txt --out my-model", new LocalizedText("Train a small Transformer.", "小さな Transformer を学習します。")),
        new("fukami generate --model my-model --prompt \"The cat\"", new LocalizedText("Let it write.", "文を書かせます。")),
        new("fukami trace --prompt \"Anna gave Ken a cake.\"", new LocalizedText("Look inside while a model reads.", "モデルが文を読むときの内部を見ます。")),
    ];

    /// <summary>Runs a command line.</summary>
    public int Run(IReadOnlyList<string> arguments, CancellationToken stop)
    {
        try
        {
            RootCommand root = Build(stop);
            if (arguments.Count == 0)
            {
                new HelpPage(terminal, FirstExamples).Write(root);
                return ExitCode.Success;
            }

            ParseResult parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            bool answersItself = parsed.Action is { ClearsParseErrors: true };
            if (parsed.Errors.Count > 0 && !answersItself)
            {
                throw new UsageException(ParseErrors.Explain(parsed));
            }

            return parsed.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = terminal.Out,
                Error = terminal.Error,
            });
        }
        catch (Exception e)
        {
            return ErrorReport.Show(terminal, e);
        }
    }

    private RootCommand Build(CancellationToken stop)
    {
        var root = new RootCommand("Fukami");
        root.With(
            "A study lab for one question: why can a Transformer be deep?",
            "「Transformer はなぜ深くできるのか」を自分の手で確かめる学習ラボです。");
        root.Add(new ExperimentCommand(terminal, experiments ?? ExperimentCatalog.All, stop));
        root.Add(new TrainCommand(terminal, stop));
        root.Add(new GenerateCommand(terminal, stop));
        root.Add(new TraceCommand(terminal, stop));
        root.Add(new ExportCommand(terminal));
        root.Add(new BenchCommand(terminal, stop));
        root.Add(new StudyCommand(terminal, stop));
        root.Add(new CourseCommand(terminal, stop));
        root.Add(new ServeCommand(terminal, stop));
        root.Add(new CompletionCommand(terminal));

        Option<string> language = new Option<string>("--lang") { HelpName = "en|ja", Recursive = true }.With(
            "Language of what is printed; the environment's LANG unless given.",
            "表示の言語。指定しなければ環境変数 LANG に従います。");
        language.AcceptOnlyFromAmong(LanguageChoice.Names);
        root.Add(language);
        root.Add(ThreadsOption());
        root.Add(new Option<bool>("--debug") { Recursive = true }.With(
            "Print a stack trace with an error.",
            "エラー時にスタックトレースを表示します。"));
        foreach (Option option in root.Options)
        {
            if (option is HelpOption help)
            {
                help.Action = new HelpPage(terminal, FirstExamples);
                help.With("Show this help.", "このヘルプを表示します。");
            }
            else if (option is VersionOption version)
            {
                version.With("Show the version.", "バージョンを表示します。");
            }
        }

        return root;
    }

    // the engine's shared team reads FUKAMI_THREADS when it is first used, which is after the line has been parsed
    private static BoundedOption ThreadsOption()
    {
        BoundedOption threads = new BoundedOption("--threads", 1, 1024) { HelpName = "N", Recursive = true }.With(
            "Threads to compute with; one a processor unless given. Results do not depend on it.",
            "計算に使うスレッド数。指定しなければプロセッサーごとに 1 本。結果はスレッド数に依存しません。");
        threads.Validators.Add(result =>
        {
            if (!result.Errors.Any() && BoundedOption.Number(result) is { } given)
            {
                Environment.SetEnvironmentVariable("FUKAMI_THREADS", given.ToString(CultureInfo.InvariantCulture));
            }
        });
        return threads;
    }
}
