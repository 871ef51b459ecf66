using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Runs an experiment, perhaps after others that were there first.</summary>
/// <param name="experiment">The experiment.</param>
/// <param name="settings">A value for every setting.</param>
/// <param name="progress">Told of the progress.</param>
/// <param name="cancellation">Stops the run.</param>
/// <returns>What it found.</returns>
public delegate Task<Report> ExperimentRunner(Experiment experiment, SettingValues settings, IProgress<ExperimentProgress>? progress, CancellationToken cancellation);
