using System.CommandLine;
using System.Globalization;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>The machine's clock, shifted so that it began at another time.</summary>
/// <param name="start">What it showed at first.</param>
internal sealed class ShiftedTime(DateTimeOffset start) : TimeProvider
{
    private const string Variable = "FUKAMI_NOW";

    private readonly TimeSpan shift = start - System.GetUtcNow();

    /// <summary>The hidden option that shifts a command's clock.</summary>
    public static Option<string> Option() => new Option<string>("--now") { HelpName = "DATE", Hidden = true }.With("The day that the clock shows at first.", "時計の最初の日時。");

    /// <summary>The clock that begins at this time, or at what the environment says; the machine's own where neither is given.</summary>
    /// <param name="start">A date, perhaps with a time.</param>
    /// <exception cref="UsageException">It is no date.</exception>
    public static TimeProvider Of(string? start) => (start ?? Environment.GetEnvironmentVariable(Variable)) is not { Length: > 0 } text ? System
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? new ShiftedTime(at)
        : throw new UsageException(new LocalizedText($"“{text}” is no date; write one such as 2027-01-31.", $"「{text}」は日付として読めません。2027-01-31 のように指定してください。"));

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;
}
