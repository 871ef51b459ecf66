namespace Fukami.Lab;

/// <summary>What the engine reaches on this machine, to say beforehand how long a run will take.</summary>
public static class EngineSpeed
{
    // on small matrices and one processor; measured, and only good enough to say seconds from minutes and minutes from hours
    private const double OperationsPerSecond = 2.5e10;
    private const double LongestSeconds = 1e9;

    /// <summary>About how many seconds so many floating-point operations take on all processors.</summary>
    /// <param name="operations">For example <see cref="Experiment.EstimateOperations"/>.</param>
    public static double Seconds(double operations) => Math.Min(LongestSeconds, operations / (OperationsPerSecond * Environment.ProcessorCount));
}
