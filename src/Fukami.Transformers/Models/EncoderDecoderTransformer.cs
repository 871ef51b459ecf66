using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>An encoder reads the source, and a decoder that attends to it writes the target. One table embeds the tokens of both. (Vaswani et al. 2017)</summary>
public sealed class EncoderDecoderTransformer : Transformer, IDecodingModel
{
    private readonly LayerStack encoder;
    private readonly LayerStack decoder;
    private readonly IOutputHead head;

    internal EncoderDecoderTransformer(TransformerSettings settings, Workspace? workspace)
        : this(settings, new ModelScope(workspace)) { }

    private EncoderDecoderTransformer(TransformerSettings settings, ModelScope scope)
        : base(settings, scope)
    {
        Parameter embedding = scope.In("embed").Table("weight", settings.Vocabulary, settings.Width, onlyLookedUp: !settings.Tied || settings.Head == "none");
        encoder = new LayerStack(scope.In("encoder", length: "source_length"), embedding, settings, new StackRole(settings.Depth, settings.DecoderDepth, Causal: false));
        decoder = new LayerStack(scope.In("decoder"), embedding, settings, new StackRole(settings.DecoderDepth, settings.Depth, Causal: true));
        head = OutputHeads.Build(scope, embedding, settings);
    }

    /// <inheritdoc/>
    internal override Tensor Head(Tensor stream, PassContext pass) => head.Forward(decoder.Finish(stream, pass));

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, TokenBatch batch)
    {
        TokenBatch source = batch.Source ?? throw new ArgumentException("An encoder-decoder needs the encoder's tokens in Source of the batch; it is empty.", nameof(batch));
        Tensor memory = Encode(tape, source); // (batch, source length, width)
        return head.Forward(decoder.Forward(tape, batch, new PassContext { Mask = batch.Mask, Memory = memory, MemoryMask = source.Mask }));
    }

    /// <summary>What the encoder makes of the source, (batch, source length, width).</summary>
    /// <param name="tape">The tape of the pass, begun.</param>
    /// <param name="source">The encoder's tokens.</param>
    public Tensor Encode(Tape tape, TokenBatch source) => encoder.Forward(tape, source, new PassContext { Mask = source.Mask });

    /// <inheritdoc/>
    public KeyValueCache NewCache(int batch = 1) => new(Settings, Settings.DecoderDepth, batch);

    /// <summary>Encodes the source in a pass of its own and keeps each layer's keys and values of it in the cache, in front of the first decoding pass.</summary>
    /// <param name="tape">The tape of the pass, begun.</param>
    /// <param name="source">The encoder's tokens.</param>
    /// <param name="cache">The cache of the target; what it held is forgotten.</param>
    public void Read(Tape tape, TokenBatch source, KeyValueCache cache)
    {
        Tensor memory = Encode(tape, source);
        cache.Truncate(0);
        for (int layer = 0; layer < decoder.CrossAttentions.Length; layer++)
        {
            (Tensor keys, Tensor values) = decoder.CrossAttentions[layer].Project(memory);
            cache.KeepSource(layer, keys, values, source.Mask);
        }
    }

    /// <inheritdoc/>
    public Tensor Forward(Tape tape, TokenBatch batch, KeyValueCache cache) =>
        head.Forward(decoder.Forward(tape, batch, cache.Begin(batch)));

    /// <inheritdoc/>
    public Tensor Next(Tape tape, TokenBatch batch, KeyValueCache cache) =>
        head.Forward(decoder.Forward(tape, batch, cache.Begin(batch)).Positions(batch.Length - 1, 1));
}
