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

    /// <summary>How long it took, in seconds. Not part of the fingerprint.</summary>
    public double ElapsedSeconds { get; init; }

    /// <summary>SHA-256 over settings, claims' figures and series; see <see cref="Lab.Fingerprint"/>.</summary>
    public string Fingerprint => Lab.Fingerprint.Of(this);
}
