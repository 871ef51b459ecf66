using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>From tokens to the last layer's stream: embedding, positions, token types, layers, and the final normalization if the arrangement has one.</summary>
internal sealed class LayerStack
{
    private readonly Parameter embedding;
    private readonly float dropout;
    private readonly int context;
    private readonly float scale;
    private readonly IPositionEmbedding? positions;
    private readonly Parameter? tokenTypes;
    private readonly INormalization? embeddingNorm;
    private readonly ILayer[] layers;
    private readonly INormalization? finalNorm;
    private readonly Point embedPoint;
    private readonly Point? positionPoint;
    private readonly Point? tokenTypePoint;
    private readonly Point? sumPoint;

    /// <summary>A stack in its scope.</summary>
    /// <param name="scope">The model's scope, or <c>encoder</c> or <c>decoder</c> in an encoder-decoder.</param>
    /// <param name="embedding">The table of the tokens, (vocabulary, width).</param>
    /// <param name="settings">The model's settings.</param>
    /// <param name="role">Which stack it is.</param>
    public LayerStack(ModelScope scope, Parameter embedding, TransformerSettings settings, StackRole role)
    {
        (this.embedding, dropout, context, scale) = (embedding, settings.Dropout, settings.Length, settings.EmbeddingScale);
        PositionEncoding encoding = PositionEncodings.Find(settings);
        embedPoint = scope.Point("embed", PointShapes.Stream);
        positions = encoding.Embedding?.Invoke(scope, settings);
        positionPoint = positions is null ? null : scope.Point("pos_embed", PointShapes.Stream);
        if (settings.TokenTypes > 0)
        {
            tokenTypes = scope.In("token_type_embed").Table("weight", settings.TokenTypes, settings.Width);
            tokenTypePoint = scope.Point("token_type_embed", PointShapes.Stream);
        }

        if (settings.EmbeddingNorm)
        {
            sumPoint = scope.Point("embed_sum", PointShapes.Stream);
            embeddingNorm = Normalizations.Build(scope.In("ln_embed"), settings);
        }

        ResidualArrangement arrangement = ResidualConnections.Find(settings);
        layers = new ILayer[role.Depth];
        CrossAttentions = new CrossAttention[role.Crosses ? role.Depth : 0];
        for (int index = 0; index < role.Depth; index++)
        {
            var site = new LayerSite(scope.In($"blocks.{index}"), settings, role, index);
            layers[index] = arrangement.Build(site);
            if (site.Cross is { } cross)
            {
                CrossAttentions[index] = cross;
            }
        }

        finalNorm = arrangement.FinalNorm ? Normalizations.Build(scope.In("ln_final"), settings) : null;
    }

    /// <summary>The cross-attention of each layer; none where layers do not attend to a source.</summary>
    public CrossAttention[] CrossAttentions { get; }

    /// <summary>The stream behind the last layer, normalized if the arrangement has a final normalization, (batch, length, width).</summary>
    public Tensor Forward(Tape tape, TokenBatch batch, PassContext pass) => Finish(Layers(tape, batch, pass), pass);

    /// <summary>What the model's head reads: the final normalization of the stream, or the stream itself if there is none, (batch, length, width).</summary>
    public Tensor Finish(Tensor x, PassContext pass) => finalNorm is null ? x : finalNorm.Forward(x, pass);

    private Tensor Layers(Tape tape, TokenBatch batch, PassContext pass)
    {
        if (pass.FirstPosition + batch.Length > context)
        {
            throw new ArgumentException($"Sentences of {pass.FirstPosition + batch.Length} positions were given; the model's context (length) is {context}.", nameof(batch));
        }

        Tensor x = Embed(tape, batch, pass).Dropout(dropout); // (batch, length, width)
        tape.GoOnWith(x, pass.Memory);
        foreach (ILayer layer in layers)
        {
            x = layer.Forward(x, pass);
            tape.GoOnWith(x, pass.Memory);
        }

        return x;
    }

    private Tensor Embed(Tape tape, TokenBatch batch, PassContext pass)
    {
        Tensor embed = tape.Lookup(embedding, batch.Ids, batch.Batch, batch.Length); // (batch, length, width)
        Tensor x = (scale == 1 ? embed : scale * embed).At(embedPoint);
        if (positions is not null)
        {
            x += positions.Forward(tape, batch.Batch, batch.Length, pass.FirstPosition).At(positionPoint!);
        }

        if (tokenTypes is not null)
        {
            x += tape.Lookup(tokenTypes, batch.TokenTypes, batch.Batch, batch.Length).At(tokenTypePoint!);
        }

        return embeddingNorm is null ? x : embeddingNorm.Forward(x.At(sumPoint!), pass);
    }
}
