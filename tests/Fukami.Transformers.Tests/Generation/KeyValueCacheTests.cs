using CsCheck;
using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class KeyValueCacheTests
{
    private static readonly Gen<TransformerSettings> Decoders = Sample.AnySettings.Where(settings => settings.Kind == "decoder");
    private static readonly Gen<TransformerSettings> Pairs = Sample.AnySettings.Where(settings => settings.Kind == "encoder-decoder");

    [Fact]
    public void Decoding_token_by_token_gives_the_same_bits_as_one_pass() => Decoders.Sample(settings =>
    {
        Transformer model = Sample.Model(settings);
        TokenBatch whole = Sample.Batch(model, 2, 9);
        var tape = new Tape();
        float[] decoded = Decode((IDecodingModel)model, tape, whole, ((IDecodingModel)model).NewCache(2), [1, 1, 1, 1, 1, 1, 1, 1, 1]);
        Bits.Same(Sample.Logits(model, whole), decoded);
    }, iter: 40, threads: 1);

    [Fact]
    public void Decoding_in_pieces_gives_the_same_bits_as_one_pass() => Decoders.Sample(settings =>
    {
        Transformer model = Sample.Model(settings);
        TokenBatch whole = Sample.Batch(model, 3, 12);
        var tape = new Tape();
        float[] decoded = Decode((IDecodingModel)model, tape, whole, ((IDecodingModel)model).NewCache(3), [5, 1, 4, 2]);
        Bits.Same(Sample.Logits(model, whole), decoded);
    }, iter: 30, threads: 1);

    [Fact]
    public void An_encoder_decoder_decodes_with_the_same_bits_as_one_pass() => Pairs.Sample(settings =>
    {
        var model = (EncoderDecoderTransformer)Sample.Model(settings);
        TokenBatch whole = Sample.Batch(model, 2, 6);
        whole.Source!.Mask = PaddingMask.FromLengths([8, 5], 8);
        var tape = new Tape();
        tape.Begin();
        KeyValueCache cache = model.NewCache(2);
        model.Read(tape, whole.Source, cache);
        Bits.Same(Sample.Logits(model, whole), Decode(model, tape, whole, cache, [3, 1, 1, 1]));
    }, iter: 40, threads: 1);

    [Fact]
    public void The_logits_of_the_last_position_alone_have_the_bits_of_all() => Decoders.Sample(settings =>
    {
        Transformer model = Sample.Model(settings);
        var decoder = (IDecodingModel)model;
        TokenBatch whole = Sample.Batch(model, 2, 9);
        float[] all = Sample.Logits(model, whole);
        var tape = new Tape();
        foreach (bool keepsAll in (bool[])[true, false])
        {
            KeyValueCache cache = decoder.NewCache(2);
            if (keepsAll)
            {
                tape.Begin();
            }
            else
            {
                tape.Begin(keep: []);
            }

            Tensor last = decoder.Next(tape, whole, cache);
            Assert.Equal(new Shape(2, 1, 11), last.Shape);
            Bits.Same(all.AsSpan(8 * 11, 11), last.Values[..11]);
            Bits.Same(all.AsSpan(17 * 11), last.Values[11..]);
            Assert.Equal(9, cache.Length);
        }
    }, iter: 30, threads: 1);

    [Fact]
    public void A_model_that_is_prepared_for_writing_gives_the_same_bits() => Sample.AnySettings.Where(settings => settings.Head != "none").Sample(settings =>
    {
        Transformer model = Sample.Model(settings);
        TokenBatch whole = Sample.Batch(model, 2, 9);
        float[] expected = Sample.Logits(model, whole);
        model.PrepareForWriting();
        Bits.Same(expected, Sample.Logits(model, whole));
        if (settings.Kind == "decoder")
        {
            Bits.Same(expected, Decode((IDecodingModel)model, new Tape(), whole, ((IDecodingModel)model).NewCache(2), [4, 1, 1, 1, 1, 1]));
        }
    }, iter: 60, threads: 1);

    [Fact]
    public void A_model_that_is_prepared_for_writing_is_neither_saved_nor_trained()
    {
        using var folder = new TestFolder();
        Transformer model = Sample.Model(Sample.Settings);
        TokenBatch batch = Sample.Batch(model, 2, 9);
        model.PrepareForWriting();
        model.PrepareForWriting();
        Assert.Contains("lies in panels", Assert.Throws<InvalidOperationException>(() => ModelFolder.Save(folder.File("model"), model, tokenizer: null)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder.File("model"), "model.safetensors")));
        var tape = new Tape();
        tape.Begin();
        Tensor loss = model.Loss(tape, batch);
        Assert.Contains("no gradient passes", Assert.Throws<InvalidOperationException>(() => tape.Backward(loss)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_with_a_cache_allocates_no_managed_memory()
    {
        Transformer model = Sample.Model(Sample.Settings with { Tied = true });
        model.PrepareForWriting();
        var decoder = (IDecodingModel)model;
        var tape = new Tape(new ThreadTeam(1));
        var one = new TokenBatch(1, 1);
        KeyValueCache cache = decoder.NewCache();
        Next();
        Assert.Equal(0, Allocation.Of(Next));

        void Next()
        {
            tape.Begin();
            decoder.Next(tape, one, cache);
            tape.Run();
        }
    }

    [Fact]
    public void A_truncated_cache_decodes_as_if_the_rest_had_never_been()
    {
        Transformer model = Sample.Model(Sample.Settings with { Positions = "rotary" });
        var decoder = (IDecodingModel)model;
        TokenBatch whole = Sample.Batch(model, 1, 9), other = Sample.Batch(model, 1, 9, seed: 8);
        var tape = new Tape();
        KeyValueCache cache = decoder.NewCache();
        Decode(decoder, tape, other, cache, [9]);
        cache.Truncate(0);
        Assert.Equal(0, cache.Length);
        Bits.Same(Sample.Logits(model, whole), Decode(decoder, tape, whole, cache, [4, 5]));
        cache.Truncate(4);
        tape.Begin();
        var rest = new TokenBatch(1, 5);
        whole.Ids.AsSpan(4).CopyTo(rest.Ids);
        Bits.Same(Sample.Logits(model, whole).AsSpan(4 * 11), decoder.Forward(tape, rest, cache).Values);
    }

    [Fact]
    public void A_full_context_refuses_more_positions()
    {
        Transformer model = Sample.Model(Sample.Settings);
        var decoder = (IDecodingModel)model;
        var tape = new Tape();
        KeyValueCache cache = decoder.NewCache();
        Decode(decoder, tape, Sample.Batch(model, 1, 12), cache, [12]);
        Assert.Equal(cache.Capacity, cache.Length);
        tape.Begin();
        Assert.Contains("13 positions", Assert.Throws<ArgumentException>(() => decoder.Forward(tape, new TokenBatch(1, 1), cache)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cache_refuses_another_number_of_sentences_and_padding()
    {
        var decoder = (IDecodingModel)Sample.Model(Sample.Settings);
        var tape = new Tape();
        tape.Begin();
        Assert.Contains("made for 2", Assert.Throws<ArgumentException>(() => decoder.Forward(tape, new TokenBatch(1, 1), decoder.NewCache(2))).Message, StringComparison.Ordinal);
        var padded = new TokenBatch(1, 2) { Mask = PaddingMask.FromLengths([1], 2) };
        Assert.Contains("without padding", Assert.Throws<ArgumentException>(() => decoder.Forward(tape, padded, decoder.NewCache())).Message, StringComparison.Ordinal);
    }

    // The logits of all positions, decoded in pieces of the given lengths.
    private static float[] Decode(IDecodingModel model, Tape tape, TokenBatch whole, KeyValueCache cache, int[] pieces)
    {
        var logits = new float[whole.Ids.Length * 11];
        int first = 0;
        foreach (int length in pieces)
        {
            var piece = new TokenBatch(whole.Batch, length);
            for (int sentence = 0; sentence < whole.Batch; sentence++)
            {
                whole.Ids.AsSpan((sentence * whole.Length) + first, length).CopyTo(piece.Ids.AsSpan(sentence * length));
                whole.TokenTypes.AsSpan((sentence * whole.Length) + first, length).CopyTo(piece.TokenTypes.AsSpan(sentence * length));
            }

            tape.Begin();
            ReadOnlySpan<float> values = model.Forward(tape, piece, cache).Values;
            for (int sentence = 0; sentence < whole.Batch; sentence++)
            {
                values.Slice(sentence * length * 11, length * 11).CopyTo(logits.AsSpan(((sentence * whole.Length) + first) * 11));
            }

            first += length;
        }

        return logits;
    }
}
