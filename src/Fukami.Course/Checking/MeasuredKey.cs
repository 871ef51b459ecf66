namespace Fukami.Course;

/// <summary>A measurement that decides an option: <c>experiment/claim[@subject]=verdict</c>, at the experiment's defaults.</summary>
/// <param name="Experiment">The experiment's id.</param>
/// <param name="Claim">The claim, with its subject if one is given: <c>claim@subject</c>.</param>
/// <param name="Verdict">The verdict with which the option is right.</param>
internal sealed record MeasuredKey(string Experiment, string Claim, string Verdict)
{
    /// <summary>The claim's id alone.</summary>
    public string ClaimId => Claim.Split('@')[0];

    /// <summary>Reads it; null if it is none.</summary>
    public static MeasuredKey? Parse(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        int equals = text.LastIndexOf('=');
        return slash > 0 && equals > slash + 1 && equals < text.Length - 1 ? new MeasuredKey(text[..slash], text[(slash + 1)..equals], text[(equals + 1)..]) : null;
    }
}
