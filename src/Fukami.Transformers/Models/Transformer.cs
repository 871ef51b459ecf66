using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// A Transformer: parameters, and the forward pass that they define. Passes on different tapes may run side by side as long as none of them trains.
/// </summary>
public abstract class Transformer
{
    private readonly ModelScope scope;

    /// <summary>A model whose parts are about to be built in a scope.</summary>
    private protected Transformer(TransformerSettings settings, ModelScope scope) => (Settings, this.scope) = (settings.Validate(), scope);

    /// <summary>What it was built from.</summary>
    public TransformerSettings Settings { get; }

    /// <summary>All that is learned, in the order of the forward pass.</summary>
    public IReadOnlyList<Parameter> Parameters => field ??= scope.Parameters();

    /// <summary>Running statistics: saved with the parameters, but not learned.</summary>
    public IReadOnlyList<Storage> Statistics => field ??= scope.Statistics();

    /// <summary>The named points of the forward pass, in the order in which it meets them.</summary>
    public IReadOnlyList<string> PointNames => field ??= [.. scope.Points().Select(point => point.Name)];

    /// <summary>The named points with the shapes of their values, in the order of the forward pass.</summary>
    public IReadOnlyList<PointDescription> Points => field ??= scope.Points();

    /// <summary>How many numbers are learned.</summary>
    public long ParameterCount => Parameters.Sum(parameter => parameter.Shape.Count);

    /// <summary>
    /// Parameters that every token is multiplied by, P of the rule that training costs 6·P floating-point operations a token: all but
    /// the tables that are only looked up. (Kaplan et al. 2020)
    /// </summary>
    public long MatrixParameterCount => ParameterCount - scope.OnlyLookedUpCount();

    private InitializationScheme Scheme => ChoiceTable.Find(InitializationSchemes.All, "initialization", Settings.Initialization);

    /// <summary>Builds a model and gives its parameters their initial values.</summary>
    /// <param name="settings">Its settings.</param>
    /// <param name="random">Every parameter draws from this source split by the parameter's name.</param>
    /// <exception cref="SettingsException">The settings are out of range or contradict one another.</exception>
    public static Transformer Init(TransformerSettings settings, RandomSource random)
    {
        Transformer model = Blank(settings);
        model.Initialize(random);
        return model;
    }

    /// <summary>Builds a model of zeros, for a checkpoint to fill.</summary>
    /// <param name="settings">Its settings.</param>
    /// <param name="workspace">Whose memory it takes; its own unless given.</param>
    /// <exception cref="SettingsException">The settings are out of range or contradict one another.</exception>
    public static Transformer Blank(TransformerSettings settings, Workspace? workspace = null) =>
        ChoiceTable.Find(ModelKinds.All, "kind", settings.Kind).Build(settings.Validate(), workspace);

    /// <summary>Gives every parameter and every running statistic its initial value, as <see cref="Init"/> does.</summary>
    /// <param name="random">Every parameter draws from this source split by the parameter's name.</param>
    public void Initialize(RandomSource random) => scope.Initialize(Scheme, Settings.InitializationDeviation, random);

    /// <summary>As <see cref="Initialize(RandomSource)"/> with the source of the draws, to the same bits; faster where the draws have been made before.</summary>
    /// <param name="draws">The draws.</param>
    public void Initialize(InitialDraws draws) =>
        scope.Initialize(Scheme, Settings.InitializationDeviation, storage => draws.Of(storage.Name, storage.Values.Length).CopyTo(storage.Values));

    /// <summary>
    /// Lays the weights out for writing token by token, where each is read once a token and memory sets the pace: see <see cref="Parameter.LayInPanels"/>.
    /// The logits keep their bits; the model can no longer be trained, saved, or looked at in its weights. Not while a pass runs.
    /// </summary>
    public void PrepareForWriting() => scope.LayInPanels();

    /// <summary>The logits of every position, (batch, length, vocabulary); with <c>head=none</c> the last stream, (batch, length, width).</summary>
    /// <param name="tape">The tape of the pass, begun.</param>
    /// <param name="batch">The sentences.</param>
    /// <exception cref="ArgumentException">The sentences are longer than the context, or a source is missing.</exception>
    public abstract Tensor Forward(Tape tape, TokenBatch batch);

    /// <summary>The logits that a stream behind the last layer gives, (batch, length, vocabulary).</summary>
    /// <param name="stream">(batch, length, width).</param>
    /// <param name="pass">What the pass carries beside it.</param>
    internal abstract Tensor Head(Tensor stream, PassContext pass);

    /// <summary>The mean cross-entropy in nats over all targets that are not −1, (1).</summary>
    /// <param name="tape">The tape of the pass, begun.</param>
    /// <param name="batch">The sentences and their targets.</param>
    /// <exception cref="SettingsException">The model has no head and so no logits.</exception>
    public Tensor Loss(Tape tape, TokenBatch batch) => Settings.Head == "none"
        ? throw new SettingsException("The model's head is none: it gives no logits to take a loss of; choose head=linear or head=masked.")
        : Forward(tape, batch).CrossEntropy(batch.Targets);
}
