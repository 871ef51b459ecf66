namespace Fukami.Lab;

/// <summary>The command line that gives a report again.</summary>
public static class RepeatingCommand
{
    /// <summary>The command that repeats a report: every setting that differs from its default.</summary>
    public static string Of(Report report) => Of(report.Experiment, report.Settings);

    /// <summary>The command that runs an experiment with these settings.</summary>
    public static string Of(Experiment experiment, SettingValues settings) => string.Concat(settings.Settings
        .Where(s => !string.Equals(settings.Text(s.Name), s.DefaultText, StringComparison.Ordinal))
        .Select(s => $" --set {Quoted($"{s.Name}={settings.Text(s.Name)}")}")
        .Prepend($"fukami experiment run {experiment.Id}"));

    /// <summary>A word as a shell takes it.</summary>
    public static string Quoted(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || "=,._-/+:@%".Contains(c, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
