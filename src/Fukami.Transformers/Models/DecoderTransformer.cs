using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>A decoder: every position predicts the token after it and sees only itself and what came before. (Radford et al. 2019)</summary>
public sealed class DecoderTransformer : Transformer, IDecodingModel
{
    private readonly LayerStack stack;
    private readonly IOutputHead head;

    internal DecoderTransformer(TransformerSettings settings, Workspace? workspace)
        : this(settings, new ModelScope(workspace)) { }

    private DecoderTransformer(TransformerSettings settings, ModelScope scope)
        : base(settings, scope)
    {
        Parameter embedding = scope.In("embed").Table("weight", settings.Vocabulary, settings.Width, onlyLookedUp: !settings.Tied || settings.Head == "none");
        stack = new LayerStack(scope, embedding, settings, new StackRole(settings.Depth, PartnerDepth: 0, Causal: true));
        head = OutputHeads.Build(scope, embedding, settings);
    }

    /// <inheritdoc/>
    internal override Tensor Head(Tensor stream, PassContext pass) => head.Forward(stack.Finish(stream, pass));

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, TokenBatch batch) =>
        head.Forward(stack.Forward(tape, batch, new PassContext { Mask = batch.Mask }));

    /// <inheritdoc/>
    public KeyValueCache NewCache(int batch = 1) => new(Settings, Settings.Depth, batch);

    /// <inheritdoc/>
    public Tensor Forward(Tape tape, TokenBatch batch, KeyValueCache cache) =>
        head.Forward(stack.Forward(tape, batch, cache.Begin(batch)));

    /// <inheritdoc/>
    public Tensor Next(Tape tape, TokenBatch batch, KeyValueCache cache) =>
        head.Forward(stack.Forward(tape, batch, cache.Begin(batch)).Positions(batch.Length - 1, 1));
}
