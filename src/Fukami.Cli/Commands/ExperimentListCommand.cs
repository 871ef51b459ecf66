using System.CommandLine;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary><c>fukami experiment list</c>.</summary>
internal sealed class ExperimentListCommand : DocumentedCommand
{
    private readonly Terminal terminal;
    private readonly IReadOnlyList<Experiment> experiments;

    /// <summary>The command.</summary>
    public ExperimentListCommand(Terminal terminal, IReadOnlyList<Experiment> experiments)
        : base(
            "list",
            new LocalizedText("List the experiments and their questions.", "実験とその問いの一覧を表示します。"),
            [
                new Example("fukami experiment list", new LocalizedText("One line an experiment.", "一行に一つずつ表示します。")),
                new Example("fukami experiment list --popular", new LocalizedText("Popular claims that are not literally true, each with the command that shows it.", "よく言われるが、文字どおりには正しくない主張と、それを確かめるコマンドを表示します。")),
            ])
    {
        (this.terminal, this.experiments) = (terminal, experiments);
        Option<bool> popular = new Option<bool>("--popular").With(
            "List popular claims that are not literally true, each with the command that shows it.",
            "よく言われるが、文字どおりには正しくない主張を、それを確かめるコマンドとともに表示します。");
        Add(popular);
        SetAction(parsed => parsed.GetValue(popular) ? ListPopular() : List());
    }

    private int List()
    {
        int column = experiments.Max(e => e.Id.Length) + 2;
        foreach (Experiment experiment in experiments)
        {
            string name = experiment.Id;
            foreach (string line in DisplayWidth.Wrap(terminal.Say(experiment.Question), terminal.Width - column))
            {
                terminal.Out.WriteLine(DisplayWidth.PadRight(name, column) + line);
                name = "";
            }
        }

        return ExitCode.Success;
    }

    private int ListPopular()
    {
        foreach (Experiment experiment in experiments)
        {
            foreach (Preset preset in experiment.Presets.Where(p => p.IsPopularClaim))
            {
                foreach (string line in DisplayWidth.Wrap(terminal.Say(preset.Title), terminal.Width))
                {
                    terminal.Out.WriteLine(line);
                }

                terminal.Out.WriteLine($"    fukami experiment run {experiment.Id} --preset {preset.Id}");
                terminal.Out.WriteLine();
            }
        }

        return ExitCode.Success;
    }
}
