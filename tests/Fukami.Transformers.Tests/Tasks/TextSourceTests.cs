using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class TextSourceTests : IDisposable
{
    private static readonly string Text = string.Concat(Enumerable.Range(0, 400).Select(i => (char)('\u3041' + i)));
    private readonly CharacterTokenizer tokenizer = CharacterTokenizer.Train(Text);
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_first_ninety_percent_train_and_the_rest_is_held_out()
    {
        TextSource source = TextSource.Of(Text, tokenizer, "decoder", 8);
        Assert.Equal((360, 40), (source.TrainingTokens, source.ValidationTokens));
        TokenBatch batch = source.CreateBatch(64);
        var seen = new HashSet<int>();
        for (ulong step = 0; step < 50; step++)
        {
            source.Fill(batch, new RandomSource(step));
            seen.UnionWith(batch.Ids);
            seen.UnionWith(batch.Targets);
        }

        Assert.Equal(Enumerable.Range(0, 360), seen.Order());
    }

    [Fact]
    public void A_decoders_targets_are_the_next_tokens()
    {
        TextSource source = TextSource.Of(Text, tokenizer, "decoder", 8);
        TokenBatch batch = source.CreateBatch(4);
        source.Fill(batch, new RandomSource(1));
        Assert.Equal(batch.Ids.Select(id => id + 1), batch.Targets);
        Assert.Equal(Enumerable.Range(batch.Ids[8], 8), batch.Ids[8..16]);
    }

    [Theory]
    [InlineData("decoder", 1)]
    [InlineData("decoder", 7)]
    [InlineData("decoder", 8)]
    [InlineData("decoder", 13)]
    [InlineData("decoder", 39)]
    [InlineData("encoder-decoder", 1)]
    [InlineData("encoder-decoder", 6)]
    [InlineData("encoder-decoder", 20)]
    public void Evaluation_asks_for_every_held_out_token_once(string kind, int length)
    {
        TextSource source = TextSource.Of(Text, tokenizer, kind, length);
        TokenBatch batch = source.CreateBatch(3);
        var asked = new List<int>();
        for (int first = 0; first < source.ValidationExamples; first += 3)
        {
            source.FillValidation(batch, first);
            asked.AddRange(batch.Targets.Where(target => target >= 0));
            Assert.Equal(batch.Ids.Zip(batch.Targets).Where(pair => pair.Second >= 0).Select(pair => pair.First + 1), batch.Targets.Where(target => target >= 0));
        }

        Assert.Equal(Enumerable.Range(360, 40).Skip(kind == "decoder" ? 1 : length), asked);
    }

    [Fact]
    public void An_encoder_decoder_continues_its_source()
    {
        TextSource source = TextSource.Of(Text, tokenizer, "encoder-decoder", 8);
        TokenBatch batch = source.CreateBatch(2);
        source.Fill(batch, new RandomSource(1));
        Assert.Equal(batch.Source!.Ids.Select(id => id + 8), batch.Targets);
        Assert.Equal(batch.Targets.Select(id => id - 1), batch.Ids);
    }

    [Fact]
    public void An_encoder_is_asked_for_fifteen_percent_of_the_tokens_of_which_most_are_hidden()
    {
        TextSource source = TextSource.Of(Text, tokenizer, "encoder", 32);
        Assert.Equal(tokenizer.Vocabulary + 1, source.Vocabulary);
        TokenBatch batch = source.CreateBatch(64);
        (int asked, int hidden, int same, int other, int total) = (0, 0, 0, 0, 0);
        for (ulong step = 0; step < 100; step++)
        {
            source.Fill(batch, new RandomSource(step));
            for (int i = 0; i < batch.Ids.Length; i++)
            {
                total++;
                if (batch.Targets[i] >= 0)
                {
                    asked++;
                    hidden += batch.Ids[i] == tokenizer.Vocabulary ? 1 : 0;
                    same += batch.Ids[i] == batch.Targets[i] ? 1 : 0;
                    other += batch.Ids[i] != batch.Targets[i] && batch.Ids[i] < tokenizer.Vocabulary ? 1 : 0;
                }
            }

            Assert.All(Enumerable.Range(0, 64), row => Assert.Contains(batch.Targets[(row * 32)..((row + 1) * 32)], target => target >= 0));
        }

        Assert.InRange((double)asked / total, 0.145, 0.158);
        Assert.InRange((double)hidden / asked, 0.79, 0.81);
        Assert.InRange((double)same / asked, 0.09, 0.11);
        Assert.InRange((double)other / asked, 0.09, 0.11);
    }

    [Theory]
    [InlineData("decoder", 40, 41)]
    [InlineData("encoder", 41, 41)]
    [InlineData("encoder-decoder", 21, 42)]
    public void A_text_shorter_than_a_window_is_refused(string kind, int length, int window)
    {
        var exception = Assert.Throws<TrainingException>(() => TextSource.Of(Text, tokenizer, kind, length));
        Assert.Contains("40 tokens", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"takes {window}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_division_does_not_cut_a_character()
    {
        string text = string.Concat(Enumerable.Repeat("😀", 15));
        (string training, string validation) = TextSource.Divide(text);
        Assert.Equal(text, training + validation);
        Assert.Equal(26, training.Length);
    }

    [Fact]
    public void The_same_text_is_the_same_source_and_another_is_not()
    {
        Assert.Equal(TextSource.Of(Text, tokenizer, "decoder", 8).Identity, TextSource.Of(Text, tokenizer, "decoder", 8).Identity);
        Assert.NotEqual(TextSource.Of(Text, tokenizer, "decoder", 8).Identity, TextSource.Of(Text[1..], tokenizer, "decoder", 8).Identity);
        Assert.NotEqual(TextSource.Of(Text, tokenizer, "decoder", 8).Identity, TextSource.Of(Text, tokenizer, "decoder", 9).Identity);
    }

    [Fact]
    public void Files_that_are_no_text_are_refused_in_a_sentence()
    {
        Assert.Contains("empty", Refused(folder.Write("empty", [])), StringComparison.Ordinal);
        Assert.Contains("empty", Refused(folder.Write("bom", [0xEF, 0xBB, 0xBF])), StringComparison.Ordinal);
        Assert.Contains("zero byte at position 2", Refused(folder.Write("binary", [65, 66, 0, 1])), StringComparison.Ordinal);
        Assert.Contains("byte 2", Refused(folder.Write("latin1", [65, 66, 0xE9, 67])), StringComparison.Ordinal);
        Assert.Contains("UTF-8", Refused(folder.Write("utf16", [0xFF, 0xFE, 65, 1])), StringComparison.Ordinal);
        Assert.Contains("no file", Refused(folder.File("missing")), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Refused(folder.Path), StringComparison.Ordinal);
        Assert.Equal("深み", TextFile.Read(folder.Write("good", [0xEF, 0xBB, 0xBF, .. "深み"u8])));
    }

    private static string Refused(string path) => Assert.Throws<TrainingException>(() => TextFile.Read(path)).Message;
}
