namespace Fukami.Lab.Tests;

/// <summary>Does something whenever a run tells how far it is, on the thread that tells.</summary>
internal sealed class Listener(Action<ExperimentProgress> told) : IProgress<ExperimentProgress>
{
    public void Report(ExperimentProgress value) => told(value);
}
