using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class SmallWorldTests
{
    private static readonly StoryGraph English = new SmallWorldSource("decoder", 8, "en").Graphs[0];
    private static readonly StoryGraph Japanese = new SmallWorldSource("decoder", 8, "ja").Graphs[0];

    [Fact]
    public void A_coin_has_the_entropy_of_a_coin()
    {
        var builder = new StoryBuilder(static text => text.Split(' '));
        StoryGraph coin = builder.Build(new(1, "heads .", StoryBuilder.Beginning), new(1, "tails .", StoryBuilder.Beginning));
        Assert.Equal(Math.Log(2), coin.StoryEntropy, 12);
        Assert.Equal(2, coin.StoryLength);
        Assert.Equal(Math.Log(2) / 2, coin.EntropyRate, 12);

        // the first target is the full stop, the second the next coin
        Assert.Equal(0, coin.MeanEntropy(1), 12);
        Assert.Equal(Math.Log(2) / 2, coin.MeanEntropy(2), 12);
        Assert.Equal([Math.Log(2), 0.0, double.PositiveInfinity, double.PositiveInfinity], coin.Surprises([1, 0, 0, 1]));
    }

    [Fact]
    public void Ways_that_begin_alike_part_at_the_first_difference()
    {
        var builder = new StoryBuilder(static text => text.Split(' '));
        StoryGraph graph = builder.Build(new(3, "a b", StoryBuilder.Beginning), new(1, "a c", StoryBuilder.Beginning));
        Assert.Equal(2, graph.States);
        Assert.Equal(-Math.Log(0.75), graph.Surprises([0, 1])[1], 12);
    }

    [Fact]
    public void Two_ways_of_the_same_text_are_refused()
    {
        var builder = new StoryBuilder(static text => text.Split(' '));
        Assert.Throws<ArgumentException>(() => builder.Choose(new(1, "a b", 0), new(1, "a b", 0)));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ja")]
    public void The_mean_surprise_of_drawn_stories_is_the_entropy(string language)
    {
        StoryGraph graph = language is "en" ? English : Japanese;
        const int length = 40, texts = 4000;
        double sum = 0;
        int[] tokens = new int[length + 1];
        for (int i = 0; i < texts; i++)
        {
            graph.Draw(tokens, new RandomSource(7).Split((ulong)i));
            sum += graph.Surprises(tokens).Skip(1).Sum() / length;
        }

        Assert.Equal(graph.MeanEntropy(length), sum / texts, 0.01);
        Assert.Equal(graph.EntropyRate, graph.MeanEntropy(4000), 0.005);
    }

    [Theory]
    [InlineData("en", "The cat sat on the mat. Then the cat ran home.\n")]
    [InlineData("en", "The mice near the dogs are hungry.\n")]
    [InlineData("en", "The birds slept in the tree. They were happy.\n")]
    [InlineData("en", "Mia got a ball from Tom. Mia thanked Tom. Then Mia played with the ball.\n")]
    [InlineData("ja", "猫はマットの上に座りました。\n")]
    [InlineData("ja", "ミアはトムにボールをあげました。トムはミアにお礼を言いました。\n")]
    [InlineData("ja", "箱の中に本が二冊あります。\n")]
    public void Its_sentences_are_what_a_person_would_say(string language, string text)
    {
        var source = new SmallWorldSource("decoder", 8, language);
        Assert.All(source.Graphs[0].Surprises(Ids(source, text)), surprise => Assert.True(double.IsFinite(surprise)));
    }

    [Theory]
    [InlineData("en", "The mice near the dog is")]
    [InlineData("en", "The cats sat on the mat. It")]
    [InlineData("en", "Mia gave Tom a ball. Mia thanked")]
    [InlineData("ja", "猫はマットの上で座り")]
    [InlineData("ja", "箱の中に本が二匹")]
    [InlineData("ja", "ミアはトムからボールをあげ")]
    public void What_breaks_agreement_never_happens(string language, string text)
    {
        var source = new SmallWorldSource("decoder", 8, language);
        double[] surprises = source.Graphs[0].Surprises(Ids(source, text));
        Assert.Contains(double.PositiveInfinity, surprises);
        Assert.True(double.IsFinite(surprises[^3]));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ja")]
    [InlineData("both")]
    public void Its_tokenizer_cuts_every_story_as_the_grammar_does(string language)
    {
        var source = new SmallWorldSource("decoder", 200, language);
        TokenBatch batch = source.CreateBatch(100);
        source.Fill(batch, new RandomSource(3));
        for (int row = 0; row < batch.Batch; row++)
        {
            int[] ids = batch.Ids[(row * 200)..((row + 1) * 200)];
            Assert.Equal(ids, source.Words.Encode(source.Words.Decode(ids)));
        }
    }

    [Fact]
    public void Each_example_keeps_to_one_language_and_begins_with_a_story()
    {
        var source = new SmallWorldSource("decoder", 30);
        TokenBatch batch = source.CreateBatch(40);
        source.Fill(batch, new RandomSource(3));
        int japanese = 0;
        for (int row = 0; row < batch.Batch; row++)
        {
            string text = source.Words.Decode(batch.Ids.AsSpan(row * 30, 30));
            bool isJapanese = text.Any(c => c > 0x3000);
            Assert.Equal(isJapanese, !text.Any(char.IsAsciiLetter));
            Assert.False(text.StartsWith(' '));
            japanese += isJapanese ? 1 : 0;
        }

        Assert.InRange(japanese, 10, 30);
    }

    [Fact]
    public void The_least_loss_of_two_languages_is_the_mean_of_both()
    {
        var source = new SmallWorldSource("decoder", 24);
        Assert.Equal((English.MeanEntropy(24) + Japanese.MeanEntropy(24)) / 2, source.LeastLoss!.Value, 12);
        Assert.Null(new SmallWorldSource("encoder-decoder", 8).LeastLoss);
        Assert.Equal(source.Vocabulary + 1, new SmallWorldSource("encoder", 24).Vocabulary);
    }

    [Fact]
    public void A_language_that_is_not_there_is_refused()
    {
        SettingsException e = Assert.Throws<SettingsException>(() => new SmallWorldSource("decoder", 8, "fr"));
        Assert.Contains("both", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Held_out_stories_are_the_same_every_time_and_no_training_stories()
    {
        var source = new SmallWorldSource("decoder", 16, seed: 4);
        TokenBatch first = source.CreateBatch(4), again = source.CreateBatch(4), training = source.CreateBatch(4);
        source.FillValidation(first, 0);
        source.Fill(training, new RandomSource(4));
        source.FillValidation(again, 0);
        Assert.Equal(first.Ids, again.Ids);
        Assert.NotEqual(first.Ids, training.Ids);
    }

    // the source's ids are the tokenizer's; the graph's are its own
    private static int[] Ids(SmallWorldSource source, string text) =>
        [.. source.Words.Encode(text).Select(id => source.Graphs[0].Vocabulary.ToList().IndexOf(source.Words.Words[id]))];
}
