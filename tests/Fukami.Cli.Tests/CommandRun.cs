using System.Text;
using Fukami.Lab;

namespace Fukami.Cli.Tests;

/// <summary>A run of the command within the test, with what it wrote.</summary>
internal sealed record CommandRun(int ExitCode, string Out, string Error)
{
    /// <summary>Runs a command line.</summary>
    public static CommandRun Of(params string[] arguments) => Of(Language.English, CancellationToken.None, arguments);

    /// <summary>Runs a command line in Japanese.</summary>
    public static CommandRun InJapanese(params string[] arguments) => Of(Language.Japanese, CancellationToken.None, arguments);

    /// <summary>Runs a command line that is told to stop.</summary>
    public static CommandRun Of(Language language, CancellationToken stop, params string[] arguments) => Of(null, language, arguments, stop);

    /// <summary>Runs a command line that knows other experiments.</summary>
    public static CommandRun With(IReadOnlyList<Experiment> experiments, CancellationToken stop, params string[] arguments) =>
        Of(experiments, Language.English, arguments, stop);

    /// <summary>Runs a command line into which lines are typed.</summary>
    public static CommandRun Typing(Language language, string typed, params string[] arguments) => Of(null, language, arguments, CancellationToken.None, typed);

    private static CommandRun Of(IReadOnlyList<Experiment>? experiments, Language language, string[] arguments, CancellationToken stop, string typed = "")
    {
        using var input = new StringReader(typed);
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var bytes = new MemoryStream();
        var terminal = new Terminal
        {
            Out = output,
            Error = error,
            In = input,
            OpenOut = () => new Unclosed(bytes),
            Language = language,
            Debug = arguments.Contains("--debug"),
        };
        int code = new Application(terminal, experiments).Run(arguments, stop);
        return new CommandRun(code, output + Encoding.UTF8.GetString(bytes.ToArray()), error.ToString());
    }

    private sealed class Unclosed(MemoryStream inner) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);

        public override void WriteByte(byte value) => inner.WriteByte(value);
    }
}
