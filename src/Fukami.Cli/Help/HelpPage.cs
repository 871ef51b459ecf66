using System.CommandLine;
using System.CommandLine.Invocation;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>The help of a command: what it is for, how it is called, what each option means, and examples.</summary>
/// <param name="terminal">Where to.</param>
/// <param name="firstExamples">What to show for the command without a subcommand.</param>
internal sealed class HelpPage(Terminal terminal, IReadOnlyList<Example> firstExamples) : SynchronousCommandLineAction
{
    private const int Indent = 2;
    private const int Gap = 2;
    private const int WidestName = 26;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.CommandResult.Command);
        return ExitCode.Success;
    }

    /// <summary>Writes the help of a command to standard output.</summary>
    public void Write(Command command)
    {
        foreach (string line in DisplayWidth.Wrap(Described.In(command, terminal.Language), terminal.Width))
        {
            terminal.Out.WriteLine(line);
        }

        Head(new LocalizedText("Usage", "使い方"));
        terminal.Out.WriteLine($"  {Usage(command)}");
        Section(new LocalizedText("Commands", "コマンド"), command.Subcommands.Where(c => !c.Hidden).Select(c => (c.Name, Described.In(c, terminal.Language))));
        Section(new LocalizedText("Arguments", "引数"), command.Arguments.Select(a => (a.HelpName ?? a.Name, Described.In(a, terminal.Language))));
        Section(new LocalizedText("Options", "オプション"), Options(command).Select(o => (Name(o), Described.In(o, terminal.Language))));
        var documented = command as DocumentedCommand;
        foreach (HelpSection section in documented?.MoreHelp ?? [])
        {
            Section(section.Title, section.Rows.Select(r => (r.Name, terminal.Say(r.Text))));
        }

        Head(new LocalizedText("Examples", "例"));
        foreach (Example example in documented?.Examples ?? firstExamples)
        {
            terminal.Out.WriteLine($"  {example.Line}");
            Paragraph(terminal.Say(example.Does), Indent + 4);
        }
    }

    private static IEnumerable<Option> Options(Command command)
    {
        IEnumerable<Option> inherited = command.Parents.OfType<Command>().SelectMany(Ancestors).SelectMany(c => c.Options).Where(o => o.Recursive);
        return command.Options.Concat(inherited).Where(o => !o.Hidden).DistinctBy(o => o.Name, StringComparer.Ordinal);

        static IEnumerable<Command> Ancestors(Command c) => c.Parents.OfType<Command>().SelectMany(Ancestors).Prepend(c);
    }

    private static string Name(Option option)
    {
        string names = string.Join(", ", option.Aliases.Where(a => a.Length == 2 && a[0] == '-').Append(option.Name));
        return option.HelpName is { } value ? $"{names} {value}" : names;
    }

    private static string Usage(Command command)
    {
        var parts = new List<string>();
        for (Command? at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            parts.Insert(0, at is RootCommand ? "fukami" : at.Name);
        }

        if (command.Subcommands.Any(c => !c.Hidden))
        {
            parts.Add("COMMAND");
        }

        parts.AddRange(command.Arguments.Select(a => a.Arity.MinimumNumberOfValues > 0 ? a.HelpName ?? a.Name : $"[{a.HelpName ?? a.Name}]"));
        parts.Add("[OPTIONS]");
        return string.Join(' ', parts);
    }

    private void Head(LocalizedText title)
    {
        terminal.Out.WriteLine();
        terminal.Out.WriteLine($"{terminal.Say(title)}:");
    }

    private void Section(LocalizedText title, IEnumerable<(string Name, string Text)> rows)
    {
        (string Name, string Text)[] all = [.. rows];
        if (all.Length == 0)
        {
            return;
        }

        Head(title);
        int column = Indent + Gap + Math.Min(WidestName, all.Max(r => DisplayWidth.Of(r.Name)));
        foreach ((string name, string text) in all)
        {
            string first = $"{new string(' ', Indent)}{name}";
            if (DisplayWidth.Of(first) + Gap > column)
            {
                terminal.Out.WriteLine(first);
                first = "";
            }

            foreach (string line in DisplayWidth.Wrap(text, terminal.Width - column))
            {
                terminal.Out.WriteLine(DisplayWidth.PadRight(first, column) + line);
                first = "";
            }
        }
    }

    private void Paragraph(string text, int indent)
    {
        foreach (string line in DisplayWidth.Wrap(text, terminal.Width - indent))
        {
            terminal.Out.WriteLine(new string(' ', indent) + line);
        }
    }
}
