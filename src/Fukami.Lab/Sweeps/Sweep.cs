using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>An experiment at every combination of some settings' values.</summary>
public sealed class Sweep
{
    private const int MostTrials = 10_000;

    private Sweep(Experiment experiment, IReadOnlyList<SweepAxis> axes, IReadOnlyList<SettingValues> trials) =>
        (Experiment, Axes, Trials) = (experiment, axes, trials);

    /// <summary>The experiment.</summary>
    public Experiment Experiment { get; }

    /// <summary>The settings that vary.</summary>
    public IReadOnlyList<SweepAxis> Axes { get; }

    /// <summary>Every combination; the last axis varies fastest.</summary>
    public IReadOnlyList<SettingValues> Trials { get; }

    /// <summary>Plans a sweep and checks every combination.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="settings">The settings that do not vary.</param>
    /// <param name="axes">One <c>NAME=a,b,c</c> for each that does; see <see cref="SweepAxis.Parse"/>.</param>
    /// <exception cref="SettingException">An axis cannot be read, or a combination contradicts itself or needs too much memory; the sentence names it.</exception>
    public static Sweep Of(Experiment experiment, SettingValues settings, IReadOnlyList<string> axes)
    {
        SweepAxis[] read = [.. axes.Select(a => SweepAxis.Parse(a, settings))];
        if (read.GroupBy(a => a.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new SettingException(new LocalizedText(
                $"{twice.Key} is swept twice; give all its values in one --sweep.",
                $"{twice.Key} のスイープが二つあります。すべての値を一つの --sweep にまとめてください。"));
        }

        long count = read.Aggregate(1L, (n, a) => Math.Min(n * a.Values.Count, int.MaxValue));
        if (count > MostTrials)
        {
            throw new SettingException(new LocalizedText(
                $"The sweep has more than {MostTrials} combinations; give fewer values.",
                $"スイープの組み合わせが {MostTrials} 通りを超えています。値を減らしてください。"));
        }

        IEnumerable<SettingValues> trials = [settings];
        foreach (SweepAxis axis in read)
        {
            trials = trials.SelectMany(t => axis.Values.Select(v => t.With(axis.Name, v)));
        }

        var sweep = new Sweep(experiment, read, [.. trials]);
        foreach (SettingValues trial in sweep.Trials)
        {
            sweep.Check(trial);
        }

        return sweep;
    }

    /// <summary>What sets a trial apart, for example <c>depth=4 seed=2</c>.</summary>
    public string Label(SettingValues trial) => string.Join(' ', Axes.Select(a => $"{a.Name}={trial.Text(a.Name)}"));

    /// <summary>
    /// Runs what is not yet in the folder, one trial after the other, because each uses all cores. Cancelled, it stops at once; what is finished is kept.
    /// </summary>
    /// <param name="folder">Where finished trials are kept and found; none to keep nothing.</param>
    /// <param name="progress">Told of the whole.</param>
    /// <param name="finished">Called for each trial that is finished, or was.</param>
    /// <param name="cancellation">Stops the sweep.</param>
    /// <returns>The trials that are finished, in their order.</returns>
    public IReadOnlyList<SweepFinding> Run(
        SweepFolder? folder, IProgress<ExperimentProgress>? progress = null, Action<SweepFinding>? finished = null, CancellationToken cancellation = default)
    {
        var found = new List<SweepFinding>();
        for (int i = 0; i < Trials.Count && !cancellation.IsCancellationRequested; i++)
        {
            LocalizedText? damage = null;
            SweepFinding? finding = folder?.Read(Experiment, Trials[i], out damage) ?? RunTrial(i, folder, progress, cancellation);
            if (finding is not null)
            {
                found.Add(finding with { Damage = damage });
                finished?.Invoke(found[^1]);
            }
        }

        return found;
    }

    private SweepFinding? RunTrial(int index, SweepFolder? folder, IProgress<ExperimentProgress>? progress, CancellationToken cancellation)
    {
        SettingValues trial = Trials[index];
        string label = Label(trial);
        var part = new PartOfProgress(progress, index, Trials.Count, label);
        try
        {
            Report report = Experiment.Run(trial, part, cancellation);
            if (report.Interrupted)
            {
                return null; // half a trial would look like a whole one
            }

            folder?.Write(trial, report);
            return new SweepFinding(trial, report, Found: false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private void Check(SettingValues trial)
    {
        try
        {
            Experiment.Check(trial);
        }
        catch (SettingException e)
        {
            throw new SettingException(new LocalizedText($"{Label(trial)}: {e.Sentence.English}", $"{Label(trial)}: {e.Sentence.Japanese}"), e);
        }
        catch (SettingsException e)
        {
            throw new SettingException(new LocalizedText($"{Label(trial)}: {e.Message}", $"{Label(trial)}: {e.Message}"), e);
        }
    }
}
