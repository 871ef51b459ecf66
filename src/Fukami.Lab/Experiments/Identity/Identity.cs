using System.Globalization;
using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>
/// Can a stack of layers learn to do nothing? Fully connected blocks with and without skip paths are trained to copy their input; then trained nets get
/// more blocks, and lose one. Derived in docs/experiments/identity.md.
/// </summary>
internal sealed class Identity : Experiment
{
    private const double OperationsPerWeight = 6; // forward 2, backward 4

    private static readonly ChoicesSetting Residual = new(
        "residual", ["none", "none-pre", "plain", "zero"], MultilayerBlock.Arrangements,
        new(
            "Arrangements to compare. none: F(x); none-pre: F(N(x)); none-norm: N(F(x)); plain: x + F(x); pre: x + F(N(x)); post: N(x + F(x)); zero: x + F(x), F = 0 at the start; rezero: x + αF(x), α = 0 at the start.",
            "比べる配置。none: F(x)、none-pre: F(N(x))、none-norm: N(F(x))、plain: x + F(x)、pre: x + F(N(x))、post: N(x + F(x))、zero: x + F(x)（開始時に F = 0）、rezero: x + αF(x)（開始時に α = 0）。"));

    private static readonly ChoicesSetting Norm = new(
        "norm", ["layer"], ["layer", "rms"], new("Normalizations of the arrangements that have one.", "正規化のある配置で使う正規化。"));

    private static readonly IntegersSetting Blocks = new(
        "blocks", [2, 8, 16, 32], 1, 500, new("Blocks of two layers each; a net is trained for every number.", "2 層からなるブロックの数。それぞれの数のネットを学習します。"));

    private static readonly IntegerSetting Width = NetSettings.Width(32, 1024);

    private static readonly IntegerSetting Batch = NetSettings.Batch(128);

    private static readonly IntegerSetting Steps = NetSettings.Steps(600);

    private static readonly RealSetting LearningRate = NetSettings.LearningRate(1e-3);

    private static readonly IntegerSetting Trained = new(
        "trained", 8, 2, 100, new("Blocks of the nets that then get more and lose one.", "ブロックを足したり外したりするネットの、もとのブロック数。"));

    private static readonly IntegerSetting Extra = new(
        "extra", 4, 1, 100, new("Fresh blocks that a trained net gets.", "学習済みのネットに足す新しいブロックの数。"));

    private static readonly IntegerSetting Seeds = NetSettings.Seeds(3);

    private static readonly IntegerSetting Seed = NetSettings.Seed;

    /// <inheritdoc/>
    public override string Id => "identity";

    /// <inheritdoc/>
    public override LocalizedText Question { get; } = new("Can a stack of layers learn to do nothing, f(x) = x?", "層を重ねたネットは「何もしない」こと、f(x) = x を学習できるでしょうか。");

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => IdentityClaims.All;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; } = [Residual, Norm, Blocks, Width, Batch, Steps, LearningRate, Trained, Extra, Seeds, Seed];

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets { get; } =
    [
        new Preset("residual-alone", new("“Residual connections alone let a net learn the identity.”", "「残差接続さえあれば、ネットは恒等写像を学習できる」"), "residual=plain,zero", "blocks=2,4,8,16") { IsPopularClaim = true },
        new Preset("with-normalization", new("What a normalization adds, with and without a skip path.", "正規化を加えると何が変わるか。スキップ経路がある場合とない場合。"), "residual=none-pre,none-norm,pre,post", "blocks=2,8,16"),
    ];

    /// <inheritdoc/>
    public override double EstimateOperations(SettingValues settings) => Plan(settings).Sum(job => Operations(settings, job));

    /// <inheritdoc/>
    public override double EstimateBytes(SettingValues settings) => Plan(settings).Max(job => Bytes(settings, job));

    /// <inheritdoc/>
    public override Report Run(SettingValues settings, IProgress<ExperimentProgress>? progress = null, CancellationToken cancellation = default)
    {
        List<IdentityJob> jobs = Plan(settings);
        return Trials.Run(
            [.. jobs.Select(job => TrialOf(settings, job))], found => new IdentityResult(jobs, found, settings.Get(Extra)).Report(this, settings), progress, cancellation);
    }

    private static double Weights(SettingValues settings, IdentityJob job) => 2.0 * settings.Get(Width) * settings.Get(Width) * job.Blocks;

    // what begins as the identity is done at once when asked for it
    private static double Operations(SettingValues settings, IdentityJob job) =>
        Weights(settings, job) * settings.Get(Batch) * OperationsPerWeight * (!job.Surgery && job.Residual is "zero" or "rezero" ? 10 : settings.Get(Steps));

    private static double Bytes(SettingValues settings, IdentityJob job) =>
        sizeof(float) * ((4 * Weights(settings, job)) + (10.0 * (job.Blocks + settings.Get(Extra)) * settings.Get(Width) * Math.Max(1024, settings.Get(Batch))));

    private static List<IdentityJob> Plan(SettingValues settings)
    {
        var jobs = new List<IdentityJob>();
        for (int seed = 0; seed < settings.Get(Seeds); seed++)
        {
            foreach (string name in Names(settings))
            {
                string residual = name.Split('/')[0];
                // the deepest first: the last job of a run should be a short one
                jobs.AddRange(settings.Get(Blocks).Reverse().Select(blocks => new IdentityJob(residual, name, blocks, Surgery: false, seed)));
                jobs.Add(new IdentityJob(residual, name, settings.Get(Trained), Surgery: true, seed));
            }
        }

        return jobs;
    }

    private static IEnumerable<string> Names(SettingValues settings) => settings.Get(Residual)
        .SelectMany(r => settings.Get(Norm).Select(n => n is "layer" || !MultilayerBlock.Normalizes(r) ? r : $"{r}/{n}"))
        .Distinct(StringComparer.Ordinal);

    private static Trial<IdentityFinding> TrialOf(SettingValues settings, IdentityJob job) => new(
        Operations(settings, job),
        Bytes(settings, job),
        context => Measure(settings, job, context),
        found => Say(job, found));

    private static IdentityFinding Measure(SettingValues settings, IdentityJob job, TrialContext context)
    {
        var random = new RandomSource((ulong)(settings.Get(Seed) + (long)job.Seed));
        int width = settings.Get(Width), steps = settings.Get(Steps);
        string norm = job.Name.EndsWith("/rms", StringComparison.Ordinal) ? "rms" : "layer";
        Regression task = job.Surgery ? Tasks.Waves(width, random.Split("waves")) : Tasks.Copy(width);
        RandomSource examples = random.Split("examples"), weights = random.Split("weights");
        MultilayerNet net = MultilayerNet.Fresh(job.Blocks, width, job.Residual, norm, weights, reads: job.Surgery);
        double start = task.Error(context.Tape, net, examples);
        task.Train(context.Tape, net, steps, settings.Get(Batch), (float)settings.Get(LearningRate), examples, Tell, context.Cancellation);
        double trained = task.Error(context.Tape, net, examples);
        return new IdentityFinding(start, trained, job.Surgery ? Operate() : null);

        void Tell(int step, double loss)
        {
            if (step % 50 == 1)
            {
                context.Tell((double)step / steps, Say(job, loss, step));
            }
        }

        Surgery Operate() => new(
            task.ErrorOfZero(examples),
            task.Error(context.Tape, net.With(settings.Get(Extra), width, job.Residual, norm, weights), examples),
            [.. Enumerable.Range(0, job.Blocks).Select(ErrorWithout)]);

        double ErrorWithout(int block)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            return task.Error(context.Tape, net.Without(block), examples);
        }
    }

    private static LocalizedText Say(IdentityJob job, double loss, int step) => new(
        $"{job.Name}, {job.Blocks} blocks, seed {job.Seed + 1}: error {Short(loss)} in step {step}",
        $"{job.Name}、{job.Blocks} ブロック、シード {job.Seed + 1}: ステップ {step} の誤差は {Short(loss)}");

    private static LocalizedText Say(IdentityJob job, IdentityFinding found) => new(
        $"{job.Name}, {job.Blocks} blocks, seed {job.Seed + 1}: error {Short(found.Trained)} after training",
        $"{job.Name}、{job.Blocks} ブロック、シード {job.Seed + 1}: 学習後の誤差は {Short(found.Trained)}");

    private static string Short(double number) => number.ToString("G3", CultureInfo.InvariantCulture);
}
