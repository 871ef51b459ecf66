using System.Globalization;

namespace Fukami.Lab;

/// <summary>What a run of an experiment found.</summary>
public sealed record Report
{
    /// <summary>The experiment.</summary>
    public required Experiment Experiment { get; init; }

    /// <summary>The settings of the run.</summary>
    public required SettingValues Settings { get; init; }

    /// <summary>The claims that were tested.</summary>
    public required IReadOnlyList<ClaimResult> Claims { get; init; }

    /// <summary>The claims that were not, and why.</summary>
    public IReadOnlyList<OmittedClaim> Omitted { get; init; } = [];

    /// <summary>The measured lines.</summary>
    public required IReadOnlyList<Series> Series { get; init; }

    /// <summary>The measured tables.</summary>
    public IReadOnlyList<Table> Tables { get; init; } = [];

    /// <summary>Whether the run was told to stop before its end: the figures then rest on fewer seeds than asked for.</summary>
    public bool Interrupted { get; init; }

    /// <summary>Whether the run was still going on: the figures rest on what was finished by then, and a later report has more.</summary>
    public bool Partial { get; init; }

    /// <summary>Of so many trials the findings were not measured in this run but remembered from earlier ones; see <see cref="ExperimentMemory"/>.</summary>
    public int Remembered { get; init; }

    /// <summary>How long it took, in seconds; until now where it is <see cref="Partial"/>. Not part of the fingerprint.</summary>
    public double ElapsedSeconds { get; init; }

    /// <summary>SHA-256 over settings, claims' figures and series; see <see cref="Lab.Fingerprint"/>.</summary>
    public string Fingerprint => Lab.Fingerprint.Of(this);

    /// <summary>How long it took, and whether earlier runs had a part in it.</summary>
    public LocalizedText Timing
    {
        get
        {
            string seconds = ElapsedSeconds.ToString(ElapsedSeconds < 1 ? "0.00" : "0.0", CultureInfo.InvariantCulture);
            return Remembered > 0
                ? new LocalizedText($"Measured in {seconds} s, with what earlier runs had measured", $"{seconds} 秒で測定（以前の測定結果も利用）")
                : new LocalizedText($"Measured in {seconds} s", $"{seconds} 秒で測定");
        }
    }

    /// <summary>The report at a moment of its run.</summary>
    /// <param name="elapsed">Since the run began.</param>
    /// <param name="isComplete">Whether everything is measured.</param>
    /// <param name="running">Whether the run goes on.</param>
    internal Report At(TimeSpan elapsed, bool isComplete, bool running) =>
        this with { ElapsedSeconds = elapsed.TotalSeconds, Partial = !isComplete && running, Interrupted = !isComplete && !running };
}
