using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class GeneratorTests
{
    private static readonly GenerationSettings Greedy = new() { Temperature = 0, Tokens = 8 };

    [Theory]
    [InlineData("learned", "layer")]
    [InlineData("rotary", "rms")]
    [InlineData("sinusoidal", "batch")]
    [InlineData("none", "power")]
    public void Greedy_writing_takes_the_likeliest_token_of_a_full_pass(string positions, string norm)
    {
        Transformer model = Sample.Model(Sample.Settings with { Positions = positions, Norm = norm });
        int[] written = [.. new Generator(model).Generate([3, 1, 4], Greedy)];
        var text = new List<int> { 3, 1, 4 };
        foreach (int token in written)
        {
            Assert.Equal(Likeliest(model, text), token);
            text.Add(token);
        }

        Assert.Equal(8, written.Length);
    }

    [Fact]
    public void An_encoder_decoder_writes_about_its_source()
    {
        Transformer model = Sample.Model(Sample.Settings with { Kind = "encoder-decoder" });
        int[] source = [5, 2, 9, 9];
        var generator = new Generator(model);
        var text = new List<int> { 1 };
        foreach (int token in generator.Generate(source, [1], Greedy))
        {
            Assert.Equal(Likeliest(model, text, source), token);
            text.Add(token);
        }

        Assert.Equal(generator.Generate(source, [1], Greedy), generator.Generate(source, [1], Greedy));
    }

    [Fact]
    public void Writing_goes_on_past_the_context_from_its_later_half()
    {
        Transformer model = Sample.Model(Sample.Settings);
        var text = new List<int> { 3, 1, 4, 1, 5, 9, 2, 6, 5, 3 };
        int[] written = [.. new Generator(model).Generate([.. text], Greedy with { Tokens = 20 })];
        Assert.Equal(20, written.Length);
        int first = 0;
        foreach (int token in written)
        {
            if (text.Count - first > 12)
            {
                first = text.Count - 6;
            }

            Assert.Equal(Likeliest(model, text[first..]), token);
            text.Add(token);
        }
    }

    [Fact]
    public void Of_a_prompt_longer_than_the_context_the_last_part_counts()
    {
        var generator = new Generator(Sample.Model(Sample.Settings));
        int[] longer = [7, 7, 7, 3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];
        Assert.Equal(generator.Generate(longer[3..], Greedy), generator.Generate(longer, Greedy));
    }

    [Fact]
    public void A_long_prompt_is_read_in_the_memory_of_one_sublayer()
    {
        static long Memory(int depth)
        {
            Transformer model = Sample.Model(Sample.Settings with { Length = 256, Depth = depth });
            var tape = new Tape();
            Assert.Single(new Generator(model, tape).Generate([.. Enumerable.Range(0, 250).Select(i => i % 11)], Greedy with { Tokens = 1 }));
            return tape.MemoryBytes;
        }

        Assert.Equal(Memory(1), Memory(12));
    }

    [Fact]
    public void A_context_of_one_position_still_writes() =>
        Assert.Equal(5, new Generator(Sample.Model(Sample.Settings with { Length = 1 })).Generate([3, 4], Greedy with { Tokens = 5 }).Count());

    [Fact]
    public void The_same_seed_writes_the_same_and_another_writes_otherwise()
    {
        Transformer model = Sample.Model(Sample.Settings);
        var settings = new GenerationSettings { Tokens = 30, Temperature = 1.5f, TopK = 8, TopP = 0.95f };
        int[] text = [.. new Generator(model).Generate([1], settings)];
        Assert.Equal(text, new Generator(model, new Tape(new ThreadTeam(2))).Generate([1], settings));
        Assert.NotEqual(text, new Generator(model).Generate([1], settings with { Seed = 2 }));
    }

    [Fact]
    public void Two_texts_can_be_written_in_turns()
    {
        var generator = new Generator(Sample.Model(Sample.Settings));
        (int, int)[] both = [.. generator.Generate([1, 2], Greedy).Zip(generator.Generate([3], Greedy))];
        Assert.Equal(generator.Generate([1, 2], Greedy), both.Select(pair => pair.Item1));
        Assert.Equal(generator.Generate([3], Greedy), both.Select(pair => pair.Item2));
    }

    [Fact]
    public void A_stop_token_ends_the_text_and_is_not_given_out()
    {
        var generator = new Generator(Sample.Model(Sample.Settings));
        int[] text = [.. generator.Generate([3, 1], Greedy)];
        int stop = text[3];
        Assert.Equal(text.TakeWhile(token => token != stop), generator.Generate([3, 1], Greedy with { StopTokens = [stop] }));
    }

    [Fact]
    public void Cancelling_stops_before_the_next_token_and_keeps_those_written()
    {
        using var source = new CancellationTokenSource();
        var kept = new List<int>();
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (int token in new Generator(Sample.Model(Sample.Settings)).Generate([3, 1], Greedy, source.Token))
            {
                kept.Add(token);
                if (kept.Count == 3)
                {
                    source.Cancel();
                }
            }
        });
        Assert.Equal(3, kept.Count);
    }

    [Fact]
    public void What_cannot_be_written_is_refused_before_writing()
    {
        Transformer decoder = Sample.Model(Sample.Settings), pair = Sample.Model(Sample.Settings with { Kind = "encoder-decoder" });
        Assert.Contains("kind is encoder", Assert.Throws<SettingsException>(() => new Generator(Sample.Model(Sample.Settings with { Kind = "encoder" }))).Message, StringComparison.Ordinal);
        Assert.Contains("head", Assert.Throws<SettingsException>(() => new Generator(Sample.Model(Sample.Settings with { Head = "none" }))).Message, StringComparison.Ordinal);
        Assert.Contains("prompt is empty", Assert.Throws<ArgumentException>(() => new Generator(decoder).Generate([], Greedy)).Message, StringComparison.Ordinal);
        Assert.Contains("give the source too", Assert.Throws<ArgumentException>(() => new Generator(pair).Generate([1], Greedy)).Message, StringComparison.Ordinal);
        Assert.Contains("takes no source", Assert.Throws<ArgumentException>(() => new Generator(decoder).Generate([1], [1], Greedy)).Message, StringComparison.Ordinal);
        Assert.Throws<SettingsException>(() => new Generator(decoder).Generate([1], Greedy with { Tokens = -1 }));
    }

    private static int Likeliest(Transformer model, List<int> text, int[]? source = null)
    {
        var batch = new TokenBatch(1, text.Count);
        text.CopyTo(batch.Ids);
        if (source is not null)
        {
            batch.Source = new TokenBatch(1, source.Length);
            source.CopyTo(batch.Source.Ids, 0);
        }

        float[] last = Sample.Logits(model, batch)[^11..];
        return Array.IndexOf(last, last.Max());
    }
}
