using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Fukami.Lab;

namespace Fukami.Web;

/// <summary>How long runs take on this machine: by their operations, and better once a run of the experiment has been timed. Thread-safe.</summary>
internal sealed class RunTimes
{
    /// <summary>Runs up to this long are small: they start by themselves and never wait for a long one.</summary>
    public const double SmallSeconds = 2;

    // below this, what a run takes is mostly compiling and waiting, and says nothing about larger ones
    private const double LeastNominal = 0.1;

    // settings never change, and counting a run's operations is a plan of all its nets
    private static readonly ConditionalWeakTable<SettingValues, StrongBox<double>> Nominals = [];

    private readonly ConcurrentDictionary<string, double> slowness = new(StringComparer.Ordinal);

    /// <summary>Whether a run is small. It depends on the settings alone, so that the same page behaves the same every time.</summary>
    public static bool IsSmall(Experiment experiment, SettingValues settings) => Nominal(experiment, settings) <= SmallSeconds;

    /// <summary>About how long a run will take, in seconds.</summary>
    /// <exception cref="SettingException">The settings contradict each other.</exception>
    public double Seconds(Experiment experiment, SettingValues settings) => Nominal(experiment, settings) * slowness.GetValueOrDefault(experiment.Id, 1);

    /// <summary>Learns from a run that was measured to its end.</summary>
    public void Learn(Report report)
    {
        double nominal = Nominal(report.Experiment, report.Settings);
        if (!report.Interrupted && report.Remembered == 0 && nominal >= LeastNominal)
        {
            slowness[report.Experiment.Id] = report.ElapsedSeconds / nominal;
        }
    }

    private static double Nominal(Experiment experiment, SettingValues settings)
    {
        if (!Nominals.TryGetValue(settings, out StrongBox<double>? known))
        {
            known = new StrongBox<double>(EngineSpeed.Seconds(experiment.EstimateOperations(settings)));
            Nominals.AddOrUpdate(settings, known);
        }

        return known.Value;
    }
}
