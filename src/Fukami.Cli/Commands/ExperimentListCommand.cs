using Fukami.Lab;

namespace Fukami.Cli;

/// <summary><c>fukami experiment list</c>.</summary>
internal sealed class ExperimentListCommand : DocumentedCommand
{
    /// <summary>The command.</summary>
    public ExperimentListCommand(Terminal terminal)
        : base(
            "list",
            new LocalizedText("List the experiments and their questions.", "実験とその問いの一覧を表示します。"),
            [new Example("fukami experiment list", new LocalizedText("One line an experiment.", "一行に一つずつ表示します。"))]) =>
        SetAction(_ =>
        {
            int column = ExperimentCatalog.All.Max(e => e.Id.Length) + 2;
            foreach (Experiment experiment in ExperimentCatalog.All)
            {
                string name = experiment.Id;
                foreach (string line in DisplayWidth.Wrap(terminal.Say(experiment.Question), terminal.Width - column))
                {
                    terminal.Out.WriteLine(DisplayWidth.PadRight(name, column) + line);
                    name = "";
                }
            }

            return ExitCode.Success;
        });
}
