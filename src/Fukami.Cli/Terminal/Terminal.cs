using System.Text;
using Fukami.Lab;
using Spectre.Console;

namespace Fukami.Cli;

/// <summary>Where the command writes, and what that place can show.</summary>
internal sealed class Terminal
{
    private const int PipedWidth = 80;
    private IAnsiConsole? console;

    /// <summary>Standard output.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Standard input.</summary>
    public TextReader In { get; init; } = TextReader.Null;

    /// <summary>Whether a person types at a screen, which shows what is typed by itself.</summary>
    public bool LiveInput { get; init; }

    /// <summary>Who is told of Ctrl-C first.</summary>
    public Interrupts Interrupts { get; init; } = new();

    /// <summary>Standard output as bytes, for what is not text to a person.</summary>
    public required Func<Stream> OpenOut { get; init; }

    /// <summary>The language for a person.</summary>
    public required Language Language { get; init; }

    /// <summary>Columns.</summary>
    public int Width { get; init; } = PipedWidth;

    /// <summary>Whether output may be coloured.</summary>
    public bool Colour { get; init; }

    /// <summary>Whether standard error is a screen on which a line can be written over.</summary>
    public bool LiveErrors { get; init; }

    /// <summary>Whether stack traces are asked for.</summary>
    public bool Debug { get; init; }

    /// <summary>Standard output for tables and colours.</summary>
    public IAnsiConsole Console => console ??= CreateConsole();

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess(string[] arguments)
    {
        bool screen = !System.Console.IsOutputRedirected;
        bool dumb = string.Equals(Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal);
        bool colourless = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Terminal
        {
            Out = System.Console.Out,
            Error = System.Console.Error,
            In = System.Console.In,
            LiveInput = !System.Console.IsInputRedirected && screen,
            OpenOut = System.Console.OpenStandardOutput,
            Language = LanguageChoice.Of(arguments, Environment.GetEnvironmentVariable),
            Width = screen ? Math.Max(40, ScreenWidth()) : PipedWidth,
            Colour = screen && !dumb && !colourless,
            LiveErrors = !System.Console.IsErrorRedirected && !dumb,
            Debug = arguments.Contains("--debug", StringComparer.Ordinal),
        };
    }

    /// <summary>The same terminal for a person who reads another language.</summary>
    public Terminal Speaking(Language language) => new()
    {
        Out = Out,
        Error = Error,
        In = In,
        LiveInput = LiveInput,
        Interrupts = Interrupts,
        OpenOut = OpenOut,
        Language = language,
        Width = Width,
        Colour = Colour,
        LiveErrors = LiveErrors,
        Debug = Debug,
    };

    /// <summary>The text in the person's language.</summary>
    public string Say(LocalizedText text) => text.In(Language);

    /// <summary>The text in the person's language.</summary>
    public string Say(string english, string japanese) => Language == Language.Japanese ? japanese : english;

    private static int ScreenWidth()
    {
        try
        {
            return System.Console.WindowWidth > 0 ? System.Console.WindowWidth : PipedWidth;
        }
        catch (IOException)
        {
            return PipedWidth;
        }
    }

    private IAnsiConsole CreateConsole()
    {
        IAnsiConsole created = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new FixedOutput(Out, Width),
            Ansi = Colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = Colour ? ColorSystemSupport.EightBit : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        created.Profile.Capabilities.Unicode = true;
        return created;
    }

    private sealed class FixedOutput(TextWriter writer, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => false;

        public int Width => width;

        public int Height => 24;

        public void SetEncoding(Encoding encoding)
        {
            // the process decided
        }
    }
}
