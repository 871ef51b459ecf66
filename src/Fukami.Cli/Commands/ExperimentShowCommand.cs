using System.CommandLine;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary><c>fukami experiment show</c>: the question, the claims with their predictions and sources, the settings.</summary>
internal sealed class ExperimentShowCommand : DocumentedCommand
{
    private readonly Terminal terminal;

    /// <summary>The command.</summary>
    public ExperimentShowCommand(Terminal terminal, IReadOnlyList<Experiment> experiments)
        : base(
            "show",
            new LocalizedText("Show an experiment's question, claims, settings and presets.", "実験の問い、主張、設定、プリセットを表示します。"),
            [new Example("fukami experiment show gradient-flow", new LocalizedText("What it claims, where each prediction comes from, what --set can change.", "何を主張し、予測の根拠は何で、--set で何を変えられるか。"))])
    {
        this.terminal = terminal;
        Argument<string> id = ExperimentCommand.IdArgument(experiments);
        Add(id);
        SetAction(parsed => Show(ExperimentCommand.Find(experiments, parsed.GetRequiredValue(id))));
    }

    private int Show(Experiment experiment)
    {
        Write(0, $"{experiment.Id}: {terminal.Say(experiment.Question)}");
        Head("Claims", "主張");
        foreach (Claim claim in experiment.Claims)
        {
            Write(2, claim.Id);
            Write(6, terminal.Say(claim.Statement));
            Write(6, terminal.Say($"Measured: {claim.Quantity.English}", $"測るもの: {claim.Quantity.Japanese}"));
            Write(6, terminal.Say("Prediction: ", "予測: ") + terminal.Say(claim.Prediction));
            Write(6, terminal.Say("Source: ", "根拠: ") + terminal.Say(claim.Source));
            if (claim.DependsOnMachine)
            {
                Write(6, terminal.Say(MachineDependence.Sentence));
            }
        }

        Head("Settings (--set NAME=VALUE)", "設定（--set NAME=VALUE）");
        foreach (Setting setting in experiment.Settings)
        {
            Write(2, setting.DefaultText.Length == 0 ? setting.Name : $"{setting.Name}={setting.DefaultText}");
            Write(6, terminal.Say(
                $"{setting.Explanation.English} Allowed: {setting.Allowed.English.Trim()}.",
                $"{setting.Explanation.Japanese}指定できる値: {setting.Allowed.Japanese.Trim()}。"));
        }

        if (experiment.Presets.Count > 0)
        {
            Head("Presets (--preset NAME)", "プリセット（--preset NAME）");
        }

        foreach (Preset preset in experiment.Presets)
        {
            Write(2, preset.Id);
            Write(6, terminal.Say(preset.Title));
            Write(6, string.Join(' ', preset.Assignments.Select(a => $"--set {RepeatingCommand.Quoted(a)}")));
        }

        return ExitCode.Success;
    }

    private void Head(string english, string japanese)
    {
        terminal.Out.WriteLine();
        terminal.Out.WriteLine($"{terminal.Say(english, japanese)}:");
    }

    private void Write(int indent, string text)
    {
        foreach (string line in DisplayWidth.Wrap(text, terminal.Width - indent))
        {
            terminal.Out.WriteLine(new string(' ', indent) + line);
        }
    }
}
