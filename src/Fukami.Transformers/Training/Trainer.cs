using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// Trains a model on a source. Everything that is random follows from the seed and the number of the step, so a training that was
/// interrupted and resumed has the same bits as one that was not, for any number of threads. After the first step, a step
/// allocates no managed memory. Not thread-safe.
/// </summary>
public sealed class Trainer
{
    private readonly ITrainingSource source;
    private readonly TrainingFolder? folder;
    private readonly Optimizer optimizer;
    private readonly LearningRateSchedule schedule;
    private readonly Tape tape;
    private readonly TokenBatch batch;
    private readonly RandomSource examples;
    private readonly RandomSource dropout;
    private long evaluatedStep;
    private double? validationLoss;
    private double? bestValidationLoss;

    /// <summary>A new training.</summary>
    /// <param name="model">What is trained, initialized.</param>
    /// <param name="source">What it is trained on; its vocabulary and length must fit the model.</param>
    /// <param name="settings">How.</param>
    /// <param name="folder">Where states are saved; none: nowhere.</param>
    /// <param name="team">Threads; the shared team unless given. Their number changes no bit.</param>
    /// <exception cref="SettingsException">Settings are out of range, or model and source do not fit.</exception>
    public Trainer(Transformer model, ITrainingSource source, TrainingSettings settings, TrainingFolder? folder = null, ThreadTeam? team = null)
    {
        CheckFit(model.Settings, source);
        (Model, this.source, Settings, this.folder) = (model, source, settings.Validate(), folder);
        team ??= ThreadTeam.Shared;
        optimizer = settings.Optimizer is "sgd"
            ? new Sgd(model.Parameters, settings.Momentum, settings.WeightDecay, team)
            : new AdamW(model.Parameters, settings.Beta1, settings.Beta2, weightDecay: settings.WeightDecay, team: team);
        (schedule, tape, batch) = (new LearningRateSchedule(settings), new Tape(team), source.CreateBatch(settings.Batch));
        var random = new RandomSource((ulong)settings.Seed);
        (examples, dropout) = (random.Split("examples"), random.Split("dropout"));
    }

    /// <summary>The model in training.</summary>
    public Transformer Model { get; }

    /// <summary>What it is trained on.</summary>
    public ITrainingSource Source => source;

    /// <summary>How it is trained.</summary>
    public TrainingSettings Settings { get; }

    /// <summary>Steps done.</summary>
    public long Steps { get; private set; }

    /// <summary>The tape of the passes: after <see cref="Step"/>, its points hold the values and gradients of the step's last pass.</summary>
    public Tape Tape => tape;

    /// <summary>Goes on with a saved training.</summary>
    /// <param name="checkpoint">The state.</param>
    /// <param name="source">The same source as before.</param>
    /// <param name="settings">Changed settings, for example more steps; those of the state unless given. With others than these the bits differ, of course.</param>
    /// <param name="team">Threads; the shared team unless given.</param>
    /// <exception cref="TrainingException">It is another source.</exception>
    /// <exception cref="CheckpointException">The moments cannot be read, or are of another optimizer.</exception>
    /// <exception cref="SettingsException">Settings are out of range, or model and source do not fit.</exception>
    public static Trainer Resume(TrainingCheckpoint checkpoint, ITrainingSource source, TrainingSettings? settings = null, ThreadTeam? team = null)
    {
        if (!string.Equals(checkpoint.State.Source, source.Identity, StringComparison.Ordinal))
        {
            throw new TrainingException($"The training in {checkpoint.Folder.FullPath} is on {checkpoint.State.Source}, and {source.Identity} was given; resume with the same.");
        }

        var trainer = new Trainer(checkpoint.Model, source, settings ?? checkpoint.State.Settings, checkpoint.Folder, team)
        {
            Steps = checkpoint.State.Step,
            evaluatedStep = checkpoint.State.EvaluatedStep,
            validationLoss = checkpoint.State.ValidationLoss,
            bestValidationLoss = checkpoint.State.BestValidationLoss,
        };
        checkpoint.Restore(trainer.optimizer);
        return trainer;
    }

    /// <summary>Trains until the last step, with evaluations and saved states in between.</summary>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Stops after the current step; the state is saved.</param>
    /// <exception cref="TrainingException">The loss or the gradient is not a number any more, or a state cannot be saved. The last good state is kept.</exception>
    public TrainingOutcome Run(Action<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        // before the first step: what cannot be written is found out now, not after an hour
        folder?.Probe();
        Save();
        var clock = new TrainingClock(Settings.Steps - Steps, (long)Settings.Batch * Settings.Accumulation * source.Length);
        EvaluateIfDue(cancellation);
        double? loss = null;
        while (Steps < Settings.Steps && !cancellation.IsCancellationRequested)
        {
            clock.StepBegins();
            TrainingStep step = Step();
            clock.StepEnded();
            loss = step.Loss;
            double? evaluated = EvaluateIfDue(cancellation);
            bool save = IsDue(Settings.SaveEvery) && !cancellation.IsCancellationRequested;
            if (save)
            {
                Save();
            }

            progress?.Invoke(new TrainingProgress(step, Settings.Steps, evaluated, bestValidationLoss, clock.TokensPerSecond, clock.Elapsed, clock.TimeLeft, save && folder is not null));
        }

        Save();
        return new TrainingOutcome(Steps, Steps < Settings.Steps, loss, validationLoss, bestValidationLoss, clock.Elapsed);
    }

    /// <summary>One step: gradients of <see cref="TrainingSettings.Accumulation"/> batches, clipped, and one change of the parameters.</summary>
    /// <exception cref="TrainingException">The loss or the gradient is not a number any more; the parameters are unchanged.</exception>
    public TrainingStep Step()
    {
        RandomSource stepExamples = examples.Split((ulong)Steps);
        RandomSource stepDropout = dropout.Split((ulong)Steps);
        double loss = 0;
        for (int part = 0; part < Settings.Accumulation; part++)
        {
            source.Fill(batch, stepExamples.Split((ulong)part));
            tape.Begin(training: true, stepDropout.Split((ulong)part));
            Tensor partLoss = Model.Loss(tape, batch);
            float value = partLoss.Values[0];
            if (!float.IsFinite(value))
            {
                throw Diverged($"at step {Steps + 1}", "loss", value, NonFinite.FirstValue(tape));
            }

            loss += value;
            tape.Backward(partLoss);
        }

        // the sum of the batches' gradients is there; their mean is wanted
        double norm = optimizer.GradientNorm() / Settings.Accumulation;
        if (!double.IsFinite(norm))
        {
            throw Diverged($"at step {Steps + 1}", "norm of the gradient", norm, NonFinite.LastGradient(tape, Model.Parameters));
        }

        double scale = Settings.Clip > 0 && norm > Settings.Clip ? Settings.Clip / norm : 1;
        float rate = schedule.At(Steps);
        optimizer.Step(rate, (float)(scale / Settings.Accumulation));
        Steps++;
        return new TrainingStep(Steps, loss / Settings.Accumulation, norm, rate);
    }

    /// <summary>The mean loss in nats over all held-out examples; null if it was told to stop before the end.</summary>
    /// <exception cref="TrainingException">The loss is not a number.</exception>
    public double? Evaluate(CancellationToken cancellation = default)
    {
        double sum = 0;
        long count = 0;
        for (int first = 0; first < source.ValidationExamples; first += batch.Batch)
        {
            if (cancellation.IsCancellationRequested)
            {
                return null;
            }

            source.FillValidation(batch, first);
            int targets = batch.Targets.Length - batch.Targets.AsSpan().Count(TokenBatch.NotCounted);
            tape.Begin();
            float mean = Model.Loss(tape, batch).Values[0];
            if (!float.IsFinite(mean))
            {
                throw Diverged($"in the evaluation after step {Steps}", "loss on held-out data", mean, NonFinite.FirstValue(tape));
            }

            sum += mean * (double)targets;
            count += targets;
        }

        return sum / count;
    }

    private static void CheckFit(TransformerSettings model, ITrainingSource source)
    {
        if (model.Head == "none")
        {
            throw new SettingsException("The model's head is none: it gives no logits to learn from; choose head=linear or head=masked.");
        }

        if (source.Vocabulary > model.Vocabulary)
        {
            throw new SettingsException($"The model's vocabulary is {model.Vocabulary}, and what it is to be trained on has {source.Vocabulary} tokens; set vocabulary={source.Vocabulary}.");
        }

        if (Math.Max(source.Length, source.SourceLength) > model.Length)
        {
            throw new SettingsException($"The model's length is {model.Length}, and the examples have {Math.Max(source.Length, source.SourceLength)} positions; set length to that.");
        }

        if ((source.SourceLength > 0) != (model.Kind is "encoder-decoder"))
        {
            throw new SettingsException($"The model is of kind {model.Kind}, and the examples are made for {(source.SourceLength > 0 ? "an encoder-decoder" : "a model with one side")}; make them for the model's kind.");
        }
    }

    private bool IsDue(int every) => Steps == Settings.Steps || (every > 0 && Steps % every == 0);

    private double? EvaluateIfDue(CancellationToken cancellation)
    {
        if (Steps == 0 || Steps == evaluatedStep || !IsDue(Settings.EvaluateEvery) || Evaluate(cancellation) is not { } loss)
        {
            return null;
        }

        (evaluatedStep, validationLoss) = (Steps, loss);
        bestValidationLoss = bestValidationLoss is { } best && best <= loss ? best : loss;
        return loss;
    }

    private void Save() => folder?.Save(Model, optimizer, new TrainingState
    {
        Step = Steps,
        Settings = Settings,
        Source = source.Identity,
        EvaluatedStep = evaluatedStep,
        ValidationLoss = validationLoss,
        BestValidationLoss = bestValidationLoss,
    });

    private TrainingException Diverged(FormattableString when, string what, double value, string? where)
    {
        foreach (Parameter parameter in Model.Parameters)
        {
            parameter.ClearGradient();
        }

        string place = where is null ? "no named point is to blame" : $"the first number that is not finite is at {where}";
        string kept = folder is { SavedStep: >= 0 } ? FormattableString.Invariant($"; the state after step {folder.SavedStep} is in {folder.FullPath}") : "";
        return new TrainingException(FormattableString.Invariant($"The training broke down {FormattableString.Invariant(when)}: the {what} is {value}, {place}{kept}. A lower learning_rate, a longer warm_up or clip=1 may help."));
    }
}
