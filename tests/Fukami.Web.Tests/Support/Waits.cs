using System.Globalization;

namespace Fukami.Web.Tests;

/// <summary>How long learners waited who did something at the same moment.</summary>
/// <param name="Seconds">How long each of them waited.</param>
/// <param name="Work">The processor time that the app took meanwhile, for whatever it did.</param>
internal sealed record Waits(IReadOnlyList<double> Seconds, TimeSpan Work)
{
    /// <summary>The app's processor time for each of them, in milliseconds; true if it did nothing else.</summary>
    public double WorkEach => Work.TotalMilliseconds / Seconds.Count;

    /// <inheritdoc/>
    public override string ToString()
    {
        var spread = new Spread(Seconds);
        return string.Create(CultureInfo.InvariantCulture, $"median {spread.Median:0.00} s, 95th percentile {spread.Percentile95:0.00} s, longest {spread.Longest:0.00} s");
    }
}
