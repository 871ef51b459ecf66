using Fukami.Lab;

namespace Fukami.Web.Tests;

/// <summary>An experiment that runs until it is let go or told to stop, and says what began and in which order.</summary>
internal sealed class GatedExperiment : Experiment, IDisposable
{
    public const double Small = 1;
    public const double Long = 1e12;

    private static readonly IntegerSetting Number = new("number", 0, 0, 1000, new LocalizedText("Which run it is.", "どの実行か。"));
    private static readonly IntegerSetting Size = new("size", 0, 0, 1, new LocalizedText("1 for a long run.", "1 なら長い実行。"));
    private readonly SemaphoreSlim gate = new(0);
    private readonly List<int> begun = [];

    public override string Id => "gated";

    public override LocalizedText Question { get; } = new("When does it begin?", "いつ始まりますか。");

    public override IReadOnlyList<Claim> Claims => [];

    public override IReadOnlyList<Setting> Settings { get; } = [Number, Size];

    /// <summary>Thrown by every run that is let go; none if nothing is.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Whether it is one that may be measured ahead.</summary>
    public bool IsRemembering { get; init; }

    public override bool Remembers => IsRemembering;

    /// <summary>The runs that have begun, in order.</summary>
    public IReadOnlyList<int> Begun
    {
        get
        {
            lock (begun)
            {
                return [.. begun];
            }
        }
    }

    public override double EstimateOperations(SettingValues settings) => settings.Get(Size) == 1 ? Long : Small;

    public SettingValues Of(int number, bool isLong = true) => Defaults.With([$"number={number}", $"size={(isLong ? 1 : 0)}"]);

    public void Dispose() => gate.Dispose();

    public void LetGo(int runs = 1) => gate.Release(runs);

    public override Report Run(SettingValues settings, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default)
    {
        lock (begun)
        {
            begun.Add(settings.Get(Number));
        }

        gate.Wait(cancellation);
        return Failure is null ? new Report { Experiment = this, Settings = settings, Claims = [], Series = [] } : throw Failure;
    }
}
