using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>What a learner sees and types: paragraphs at the terminal's width, and lines that are asked for.</summary>
/// <param name="terminal">The terminal, in the learner's language.</param>
/// <param name="stop">Ctrl-C.</param>
internal sealed class StudyScreen(Terminal terminal, CancellationToken stop)
{
    private const int WidestText = 88;

    /// <summary>The terminal.</summary>
    public Terminal Terminal => terminal;

    /// <summary>The language.</summary>
    public Language Language => terminal.Language;

    /// <summary>Ctrl-C.</summary>
    public CancellationToken Stop => stop;

    /// <summary>Columns of running text: a line that is too long is hard to read on.</summary>
    public int Columns => Math.Min(terminal.Width - 1, WidestText);

    /// <summary>The text in the learner's language.</summary>
    public string Say(string english, string japanese) => terminal.Say(english, japanese);

    /// <summary>An empty line.</summary>
    public void Blank() => terminal.Out.WriteLine();

    /// <summary>Lines as they stand.</summary>
    public void Write(IEnumerable<string> lines)
    {
        foreach (string line in Ink.Written(lines, terminal.Colour))
        {
            terminal.Out.WriteLine(line);
        }
    }

    /// <summary>A paragraph of plain text, which may have styles.</summary>
    public void Paragraph(string text, int indent = 0, int hanging = 0) =>
        Write(DisplayWidth.Wrap(text, Columns - indent - hanging).Select((line, i) => new string(' ', i == 0 ? indent : indent + hanging) + line));

    /// <summary>A text of the lesson.</summary>
    public void Lesson(string markdown, int indent = 0) =>
        Write(LessonText.Lines(markdown, Columns - indent).Select(line => line.Length == 0 ? "" : new string(' ', indent) + line));

    /// <summary>A heading between empty lines, with something at the right end.</summary>
    public void Head(string title, string right = "")
    {
        int rest = Columns - DisplayWidth.Of(title) - DisplayWidth.Of(right) - 5;
        Blank();
        if (rest < 1)
        {
            Paragraph(Ink.Bold(title));
            Paragraph(Ink.Dim(right));
        }
        else
        {
            Write([$"{Ink.Dim("──")} {Ink.Bold(title)} {Ink.Dim(new string('─', rest))}{(right.Length == 0 ? "" : Ink.Dim($" {right}"))}"]);
        }

        Blank();
    }

    /// <summary>Asks for a line.</summary>
    /// <param name="hint">What may be typed; none for a bare prompt.</param>
    /// <exception cref="StudyPausedException">The input ended, or Ctrl-C.</exception>
    public async Task<string> AskAsync(string hint = "")
    {
        if (hint.Length > 0)
        {
            Hint(hint);
        }

        terminal.Out.Write("> ");
        await terminal.Out.FlushAsync(CancellationToken.None);
        string? line;
        try
        {
            // the console cannot be told to stop reading; the thread that waits for it ends with the process
            line = await Task.Run(terminal.In.ReadLine, CancellationToken.None).WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            Blank();
            throw new StudyPausedException(isInterrupted: true);
        }

        if (line is null)
        {
            Blank();
            throw new StudyPausedException(isInterrupted: false);
        }

        if (!terminal.LiveInput)
        {
            terminal.Out.WriteLine(Ink.Harmless(line)); // what is piped in shows nowhere else
        }

        return line;
    }

    // a key stays beside what it does: lines break between the parts of a hint
    private void Hint(string hint)
    {
        string separator = Say(" · ", " ・ ");
        string line = "";
        foreach (string part in hint.Split(separator))
        {
            string longer = line.Length == 0 ? part : line + separator + part;
            if (line.Length > 0 && DisplayWidth.Of(longer) > Columns)
            {
                Paragraph(Ink.Dim(line));
                longer = part;
            }

            line = longer;
        }

        Paragraph(Ink.Dim(line));
    }
}
