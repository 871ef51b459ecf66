namespace Fukami.Lab;

/// <summary>How long a workload took.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="Parameters">Numbers that are learned.</param>
/// <param name="MatrixParameters">P: those that every token is multiplied by.</param>
/// <param name="Steps">Steps that were timed.</param>
/// <param name="ForwardBackward">Median time of a forward and a backward pass.</param>
/// <param name="Step">Median time of a whole step: both passes, and AdamW.</param>
/// <param name="Ceiling">The machine's multiply-add ceiling in the same run, in operations a second.</param>
/// <param name="AllocatedBytes">Managed memory that a step allocates on the calling thread.</param>
public sealed record BenchmarkResult(
    Workload Workload, long Parameters, long MatrixParameters, int Steps, TimeSpan ForwardBackward, TimeSpan Step, double Ceiling, long AllocatedBytes)
{
    /// <summary>6·P·tokens: 2·P for the forward pass and 4·P for the backward pass, a token. (Kaplan et al. 2020)</summary>
    public double Operations => 6.0 * MatrixParameters * Workload.Tokens;

    /// <summary>The share of the ceiling that the two passes reach.</summary>
    public double ForwardBackwardShare => Operations / ForwardBackward.TotalSeconds / Ceiling;

    /// <summary>The share of the ceiling that the whole step reaches.</summary>
    public double StepShare => Operations / Step.TotalSeconds / Ceiling;

    /// <summary>Tokens trained on each second.</summary>
    public double TokensPerSecond => Workload.Tokens / Step.TotalSeconds;
}
