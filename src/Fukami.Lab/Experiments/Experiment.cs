namespace Fukami.Lab;

/// <summary>A question, the claims that answer it, and the run that tests them. It never decides by taste.</summary>
public abstract class Experiment
{
    /// <summary>The stable name, for example <c>gradient-flow</c>.</summary>
    public abstract string Id { get; }

    /// <summary>The question.</summary>
    public abstract LocalizedText Question { get; }

    /// <summary>The claims that it tests.</summary>
    public abstract IReadOnlyList<Claim> Claims { get; }

    /// <summary>The settings; <c>seeds</c> and <c>seed</c> are always among them.</summary>
    public abstract IReadOnlyList<Setting> Settings { get; }

    /// <summary>Settings worth a look, by name: where the claims hold, and where a popular one fails.</summary>
    public virtual IReadOnlyList<Preset> Presets => [];

    /// <summary>The settings' defaults.</summary>
    public SettingValues Defaults => new(Settings);

    /// <summary>Roughly how many floating-point operations a run needs, to say beforehand how long it will take.</summary>
    /// <exception cref="SettingException">The settings contradict each other.</exception>
    public abstract double EstimateOperations(SettingValues settings);

    /// <summary>Roughly how many bytes of memory a run holds at its largest, to say beforehand if the machine has too little.</summary>
    /// <exception cref="SettingException">The settings contradict each other.</exception>
    public virtual double EstimateBytes(SettingValues settings) => 0;

    /// <summary>Refuses now what would fail in the middle of a run: settings that contradict each other, more memory than the machine has.</summary>
    /// <exception cref="SettingException">It would.</exception>
    public void Check(SettingValues settings)
    {
        _ = EstimateOperations(settings);
        MemoryBudget.Check(EstimateBytes(settings));
    }

    /// <summary>The preset of this name.</summary>
    /// <exception cref="SettingException">There is none; the sentence says which there are.</exception>
    public Preset Preset(string id)
    {
        string all = string.Join(", ", Presets.Select(p => p.Id));
        return Presets.FirstOrDefault(p => string.Equals(p.Id, id, StringComparison.Ordinal)) ?? throw new SettingException(Presets.Count == 0
            ? new LocalizedText($"{Id} has no presets; change its settings.", $"{Id} にプリセットはありません。設定を変えてください。")
            : new LocalizedText($"{Id} has no preset “{id}”; there are: {all}.", $"{Id} に「{id}」というプリセットはありません。あるのは {all} です。"));
    }

    /// <summary>
    /// Runs it. Cancelled, it stops at once and reports what it has, marked as interrupted; the same settings give the same report to the bit,
    /// for any number of threads.
    /// </summary>
    /// <param name="settings">A value for every setting.</param>
    /// <param name="progress">Told, on any thread but one at a time, after each piece of work.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="SettingException">The settings contradict each other.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first figure.</exception>
    public abstract Report Run(SettingValues settings, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default);

    /// <summary>Whether a run leaves something in an <see cref="ExperimentMemory"/> that makes later ones shorter.</summary>
    public virtual bool Remembers => false;

    /// <summary>
    /// Runs it with what earlier runs left, and leaves something for later ones: after a small change of the settings the same report, to the bit, comes sooner.
    /// An experiment that has nothing to remember runs as ever.
    /// </summary>
    /// <param name="settings">A value for every setting.</param>
    /// <param name="memory">What earlier runs left.</param>
    /// <param name="progress">Told, on any thread but one at a time, after each piece of work.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="SettingException">The settings contradict each other.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first figure.</exception>
    public virtual Report Run(SettingValues settings, ExperimentMemory memory, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default) =>
        Run(settings, progress, cancellation);
}
