using Fukami.Lab;
using Fukami.Transformers;

namespace Fukami.Cli;

/// <summary>Turns what went wrong into one sentence on standard error and an exit code.</summary>
internal static class ErrorReport
{
    /// <summary>Says what went wrong and gives the exit code.</summary>
    public static int Show(Terminal terminal, Exception error)
    {
        (int code, string sentence) = Explain(terminal, error);
        if (sentence.Length > 0)
        {
            terminal.Error.WriteLine($"fukami: {sentence}");
        }

        if (terminal.Debug)
        {
            terminal.Error.WriteLine(error);
        }

        return code;
    }

    private static (int Code, string Sentence) Explain(Terminal terminal, Exception error) => error switch
    {
        OperationCanceledException => (ExitCode.Interrupted, terminal.Say("Stopped before the first result.", "最初の結果が出る前に中断しました。")),
        UsageException or SettingException => (ExitCode.BadArguments, terminal.Say(((LabException)error).Sentence)),
        SettingsException or InspectionException => (ExitCode.BadArguments, error.Message),
        LabException lab => (ExitCode.Failure, terminal.Say(lab.Sentence)),
        CheckpointException or TrainingException or TokenizerException => (ExitCode.Failure, error.Message),
        OutOfMemoryException => (ExitCode.Failure, terminal.Say(
            "There is not enough memory for this; choose a smaller width, depth, length or batch.",
            "メモリが足りません。width、depth、length、batch のいずれかを小さくしてください。")),
        IOException io when IsBrokenPipe(io) => (ExitCode.Success, ""), // whoever read has seen enough
        IOException or UnauthorizedAccessException => (ExitCode.Failure, terminal.Say(
            $"A file could not be read or written: {error.Message}",
            $"ファイルの読み書きに失敗しました: {error.Message}")),
        _ => (ExitCode.Failure, terminal.Say(
            $"Something went wrong that should not ({error.GetType().Name}: {error.Message}); run again with --debug and report what it prints.",
            $"予期しないエラーです（{error.GetType().Name}: {error.Message}）。--debug を付けて実行し、その出力を添えて報告してください。")),
    };

    private static bool IsBrokenPipe(IOException error)
    {
        const int brokenPipe = 32; // EPIPE
        return (error.HResult & 0xFFFF) == brokenPipe || error.Message.Contains("Broken pipe", StringComparison.Ordinal);
    }
}
