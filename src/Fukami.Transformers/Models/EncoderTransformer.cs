using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>An encoder: every position sees the whole sentence. (Devlin et al. 2019)</summary>
public sealed class EncoderTransformer : Transformer
{
    private readonly LayerStack stack;
    private readonly IOutputHead head;
    private readonly Pooler? pooler;

    internal EncoderTransformer(TransformerSettings settings, Workspace? workspace)
        : this(settings, new ModelScope(workspace)) { }

    private EncoderTransformer(TransformerSettings settings, ModelScope scope)
        : base(settings, scope)
    {
        Parameter embedding = scope.In("embed").Table("weight", settings.Vocabulary, settings.Width, onlyLookedUp: !settings.Tied || settings.Head == "none");
        stack = new LayerStack(scope, embedding, settings, new StackRole(settings.Depth, PartnerDepth: 0, Causal: false));
        pooler = settings.Pooler ? new Pooler(scope, settings.Width) : null;
        head = OutputHeads.Build(scope, embedding, settings);
    }

    /// <inheritdoc/>
    internal override Tensor Head(Tensor stream, PassContext pass) => head.Forward(stack.Finish(stream, pass));

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, TokenBatch batch)
    {
        Tensor x = stack.Forward(tape, batch, new PassContext { Mask = batch.Mask }); // (batch, length, width)
        pooler?.Forward(x);
        return head.Forward(x);
    }
}
