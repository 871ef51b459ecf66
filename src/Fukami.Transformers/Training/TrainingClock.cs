using System.Diagnostics;

namespace Fukami.Transformers;

/// <summary>Speed and remaining time of a run.</summary>
internal sealed class TrainingClock(long steps, long tokensPerStep)
{
    /// <summary>Share of the last step in the mean: about the last twenty count.</summary>
    private const double Newest = 0.05;

    private readonly long start = Stopwatch.GetTimestamp();
    private long stepStart;
    private long done;
    private double secondsPerStep;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(start);

    /// <summary>From the whole run, evaluations and saving included.</summary>
    public TimeSpan TimeLeft => done == 0 ? TimeSpan.Zero : Elapsed * ((double)(steps - done) / done);

    public double TokensPerSecond => secondsPerStep > 0 ? tokensPerStep / secondsPerStep : 0;

    public void StepBegins() => stepStart = Stopwatch.GetTimestamp();

    public void StepEnded()
    {
        double seconds = Stopwatch.GetElapsedTime(stepStart).TotalSeconds;
        done++;

        // the first step compiles and takes memory; it says nothing about the others
        secondsPerStep = done <= 2 ? seconds : secondsPerStep + (Newest * (seconds - secondsPerStep));
    }
}
