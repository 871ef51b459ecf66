using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// Writes token after token with a key/value cache. When the text fills the model's context, the later half of the context is encoded anew and
/// writing goes on, so a text may be longer than the context. Not thread-safe; generators on tapes of their own may share a model.
/// </summary>
public sealed class Generator
{
    private readonly IDecodingModel model;
    private readonly Tape tape;
    private readonly TokenBatch one = new(1, 1);

    /// <summary>A generator for a model, which writes faster after <see cref="Transformer.PrepareForWriting"/> where the weights do not fit the caches.</summary>
    /// <param name="model">A decoder or an encoder-decoder.</param>
    /// <param name="tape">The tape to run on; one of its own unless given.</param>
    /// <exception cref="SettingsException">The model is an encoder, which predicts no next token, or has no head.</exception>
    public Generator(Transformer model, Tape? tape = null)
    {
        this.model = model as IDecodingModel
            ?? throw new SettingsException($"The model's kind is {model.Settings.Kind}, which predicts no next token; generate with kind=decoder or kind=encoder-decoder.");
        if (model.Settings.Head == "none")
        {
            throw new SettingsException("The model's head is none: it gives no logits to draw a token from; generate with a model whose head is linear or masked.");
        }

        this.tape = tape ?? new Tape();
    }

    /// <summary>Continues a prompt with a decoder. Tokens come as they are written; stopping the enumeration stops the work.</summary>
    /// <param name="prompt">At least one token. Of a prompt longer than the context the last part counts.</param>
    /// <param name="settings">How tokens are chosen.</param>
    /// <param name="cancellation">Stops before the next token.</param>
    /// <exception cref="ArgumentException">The prompt is empty, or the model needs a source.</exception>
    /// <exception cref="OperationCanceledException">While enumerating: it was cancelled.</exception>
    public IEnumerable<int> Generate(IReadOnlyList<int> prompt, GenerationSettings settings, CancellationToken cancellation = default) =>
        model is EncoderDecoderTransformer
            ? throw new ArgumentException("An encoder-decoder writes about a source; give the source too.", nameof(prompt))
            : Write(source: null, Checked(prompt, nameof(prompt)), settings.Validate(), cancellation);

    /// <summary>Writes a target about a source with an encoder-decoder.</summary>
    /// <param name="source">The encoder's tokens, at least one and no more than the context.</param>
    /// <param name="prompt">How the target begins: at least one token, such as the one that begins every target.</param>
    /// <param name="settings">How tokens are chosen.</param>
    /// <param name="cancellation">Stops before the next token.</param>
    /// <exception cref="ArgumentException">Source or prompt is empty, or the model takes no source.</exception>
    /// <exception cref="OperationCanceledException">While enumerating: it was cancelled.</exception>
    public IEnumerable<int> Generate(IReadOnlyList<int> source, IReadOnlyList<int> prompt, GenerationSettings settings, CancellationToken cancellation = default) =>
        model is EncoderDecoderTransformer
            ? Write(Checked(source, nameof(source)), Checked(prompt, nameof(prompt)), settings.Validate(), cancellation)
            : throw new ArgumentException($"The model's kind is {model.Settings.Kind}, which takes no source; give the prompt alone.", nameof(source));

    private static IReadOnlyList<int> Checked(IReadOnlyList<int> tokens, string name) =>
        tokens.Count > 0 ? tokens : throw new ArgumentException($"The {name} is empty; it needs at least one token.", name);

    private IEnumerable<int> Write(IReadOnlyList<int>? source, IReadOnlyList<int> prompt, GenerationSettings settings, CancellationToken cancellation)
    {
        KeyValueCache cache = model.NewCache();
        if (source is not null)
        {
            BeginReading(source.Count);
            ((EncoderDecoderTransformer)model).Read(tape, Batch(source, 0), cache);
        }

        var sampler = new Sampler(settings);
        var random = new RandomSource(settings.Seed);
        var text = new List<int>(prompt);
        int unread = Math.Min(text.Count, cache.Capacity);
        for (int i = 0; i < settings.Tokens; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            int token = Next(cache, text, unread, sampler, random.Uniform((ulong)i));
            if (settings.StopTokens.Contains(token))
            {
                yield break;
            }

            text.Add(token);
            yield return token;
            unread = 1;
            if (cache.Length == cache.Capacity)
            {
                cache.Truncate(0);
                unread = Math.Max(1, cache.Capacity / 2);
            }
        }
    }

    private int Next(KeyValueCache cache, List<int> text, int unread, Sampler sampler, float uniform)
    {
        BeginReading(unread);
        Tensor logits = model.Next(tape, Batch(text, text.Count - unread), cache); // (1, 1, vocabulary)
        return sampler.Next(logits.Values, uniform);
    }

    // A long prompt goes through in one pass that keeps nothing but the cache: its scores alone may be larger than the model.
    private void BeginReading(int tokens)
    {
        if (tokens == 1)
        {
            tape.Begin();
        }
        else
        {
            tape.Begin(keep: []);
        }
    }

    private TokenBatch Batch(IReadOnlyList<int> tokens, int first)
    {
        int length = tokens.Count - first;
        TokenBatch batch = length == 1 ? one : new TokenBatch(1, length);
        for (int i = 0; i < length; i++)
        {
            batch.Ids[i] = tokens[first + i];
        }

        return batch;
    }
}
