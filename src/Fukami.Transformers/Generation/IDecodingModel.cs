using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>A model that writes one token after another, and need not compute again what it has computed for earlier ones.</summary>
public interface IDecodingModel
{
    /// <summary>What the model is.</summary>
    TransformerSettings Settings { get; }

    /// <summary>An empty cache for this model.</summary>
    /// <param name="batch">Sentences that are written side by side.</param>
    KeyValueCache NewCache(int batch = 1);

    /// <summary>
    /// The logits of the positions in the batch, (batch, length, vocabulary), which follow those that the cache holds: the same bits as a pass over
    /// the whole sentence. The cache holds these positions too afterwards.
    /// </summary>
    /// <param name="tape">The tape of the pass, begun for inference.</param>
    /// <param name="batch">The next tokens of each sentence, without padding.</param>
    /// <param name="cache">A cache of this model.</param>
    /// <exception cref="ArgumentException">The context has no room for them.</exception>
    Tensor Forward(Tape tape, TokenBatch batch, KeyValueCache cache);

    /// <summary>
    /// As <see cref="Forward"/>, but the logits of each sentence's last position alone, (batch, 1, vocabulary): what a long prompt is read for.
    /// </summary>
    /// <param name="tape">The tape of the pass, begun for inference.</param>
    /// <param name="batch">The next tokens of each sentence, without padding.</param>
    /// <param name="cache">A cache of this model.</param>
    /// <exception cref="ArgumentException">The context has no room for them.</exception>
    Tensor Next(Tape tape, TokenBatch batch, KeyValueCache cache);
}
