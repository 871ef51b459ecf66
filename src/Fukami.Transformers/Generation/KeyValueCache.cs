using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// Keys and values of the positions that a model has seen, layer by layer, so that the next token costs one position instead of all.
/// For an encoder-decoder it also keeps those of the source. Not thread-safe; one cache serves one text at a time.
/// </summary>
public sealed class KeyValueCache
{
    private readonly SequenceCache[] keys;
    private readonly SequenceCache[] values;
    private readonly Storage?[] sourceKeys;
    private readonly Storage?[] sourceValues;

    /// <summary>Room for a model's context.</summary>
    /// <param name="settings">The model's settings.</param>
    /// <param name="depth">Layers of the stack that writes.</param>
    /// <param name="batch">Sentences side by side.</param>
    internal KeyValueCache(TransformerSettings settings, int depth, int batch)
    {
        (Batch, Capacity) = (batch, settings.Length);
        int width = settings.KeyValueHeads * settings.HeadWidth;
        (keys, values, sourceKeys, sourceValues) = (new SequenceCache[depth], new SequenceCache[depth], new Storage?[depth], new Storage?[depth]);
        for (int layer = 0; layer < depth; layer++)
        {
            keys[layer] = new SequenceCache(batch, Capacity, width);
            values[layer] = new SequenceCache(batch, Capacity, width);
        }
    }

    /// <summary>Sentences side by side.</summary>
    public int Batch { get; }

    /// <summary>Positions held.</summary>
    public int Length => keys[0].Length;

    /// <summary>Positions that fit: the model's context.</summary>
    public int Capacity { get; }

    /// <summary>Which positions of the source hold a token, or none if all do.</summary>
    internal PaddingMask? SourceMask { get; private set; }

    /// <summary>Forgets all positions from this one on; the source stays.</summary>
    public void Truncate(int length)
    {
        foreach (SequenceCache cache in keys)
        {
            cache.Truncate(length);
        }

        foreach (SequenceCache cache in values)
        {
            cache.Truncate(length);
        }
    }

    /// <summary>The context of a pass that goes on from here.</summary>
    internal PassContext Begin(TokenBatch batch)
    {
        if (batch.Batch != Batch)
        {
            throw new ArgumentException($"{batch.Batch} sentences were given; the cache was made for {Batch}.", nameof(batch));
        }

        return batch.Mask is null
            ? new PassContext { Cache = this, FirstPosition = Length, MemoryMask = SourceMask }
            : throw new ArgumentException("A pass with a cache takes sentences without padding; give no mask.", nameof(batch));
    }

    /// <summary>Puts the next positions of a layer behind those it holds, and gives all of them.</summary>
    internal (Tensor Keys, Tensor Values) Append(int layer, Tensor k, Tensor v) => (k.AppendTo(keys[layer]), v.AppendTo(values[layer]));

    /// <summary>A layer's keys and values of the source.</summary>
    internal (Tensor Keys, Tensor Values) Source(Tape tape, int layer) => sourceKeys[layer] is { } k && sourceValues[layer] is { } v
        ? (tape.Of(k), tape.Of(v))
        : throw new InvalidOperationException("The source has not been read; call Read of the encoder-decoder first.");

    /// <summary>Keeps a layer's keys and values of the source.</summary>
    internal void KeepSource(int layer, Tensor k, Tensor v, PaddingMask? mask)
    {
        sourceKeys[layer] = Copy(k, sourceKeys[layer]);
        sourceValues[layer] = Copy(v, sourceValues[layer]);
        SourceMask = mask;
    }

    private static Storage Copy(Tensor rows, Storage? kept)
    {
        Storage copy = kept is not null && kept.Shape == rows.Shape ? kept : new Storage("source", rows.Shape);
        rows.Values.CopyTo(copy.Values);
        return copy;
    }
}
