namespace Fukami.Cli;

/// <summary>The machine's clock, shifted so that it began at another time.</summary>
/// <param name="start">What it showed at first.</param>
internal sealed class ShiftedTime(DateTimeOffset start) : TimeProvider
{
    private readonly TimeSpan shift = start - System.GetUtcNow();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;
}
