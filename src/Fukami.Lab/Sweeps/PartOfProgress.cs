namespace Fukami.Lab;

/// <summary>The progress of one of several equal parts as progress of the whole.</summary>
/// <param name="whole">Told of the whole.</param>
/// <param name="index">Which part, from 0.</param>
/// <param name="parts">How many there are.</param>
/// <param name="label">What the part is.</param>
public sealed class PartOfProgress(IProgress<ExperimentProgress>? whole, int index, int parts, string label) : IProgress<ExperimentProgress>
{
    /// <inheritdoc/>
    public void Report(ExperimentProgress value) => whole?.Report(new ExperimentProgress(
        (index + value.Done) / parts,
        new LocalizedText($"{index + 1}/{parts} {label}: {value.Doing.English}", $"{index + 1}/{parts} {label}: {value.Doing.Japanese}")));
}
