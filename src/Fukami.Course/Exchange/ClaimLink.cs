namespace Fukami.Course;

/// <summary>A link of a lesson to the claim that a sentence rests on: <c>claim:experiment/claim</c>.</summary>
/// <param name="Experiment">The experiment's id.</param>
/// <param name="Claim">The claim's id, with its subject where one is named.</param>
public sealed record ClaimLink(string Experiment, string Claim)
{
    private const string Scheme = "claim:";

    /// <summary>The claim that an address names; none if it names something else.</summary>
    internal static ClaimLink? Parse(string? address) =>
        address is not null && address.StartsWith(Scheme, StringComparison.Ordinal) && address[Scheme.Length..].Split('/', 2) is [{ Length: > 0 } experiment, { Length: > 0 } claim]
            ? new ClaimLink(experiment, claim)
            : null;
}
