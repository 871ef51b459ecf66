namespace Fukami.Lab;

/// <summary>A trial of a sweep.</summary>
/// <param name="Settings">Its settings as asked for.</param>
/// <param name="Report">What it found.</param>
/// <param name="Found">Whether it was finished before and read from the folder.</param>
public sealed record SweepFinding(SettingValues Settings, Report Report, bool Found)
{
    /// <summary>What was wrong with the kept file, where one was there and could not be trusted.</summary>
    public LocalizedText? Damage { get; init; }
}
