using CsCheck;

namespace Fukami.Transformers.Tests;

public sealed class HiddenStoryPosteriorTests
{
    private const int Words = 3;
    private const int Length = 4;

    private static readonly HidingRule Rule = new(0.15, Words);

    // “a” or “b”, then “b” or “c” or, after “b”, the end
    private static readonly StoryGraph Graph = new(
    [
        [("a", 0.7, 1), ("b", 0.3, 2)],
        [("b", 0.4, 2), ("c", 0.6, 0)],
        [("a", 0.5, 0), ("c", 0.5, 1)],
    ]);

    [Fact]
    public void The_posterior_is_that_of_counting_all_texts() => Gen.Select(Gen.Int[0, Words].Array[Length], Gen.Int[0, Length - 1], Gen.Int[0, Words - 1]).Sample((shown, position, target) =>
    {
        double[] weights = new double[Words];
        foreach ((int[] text, double probability) in Texts())
        {
            double usual = 0.15;
            double chosen = Math.Pow(0.85, Length) / Length;
            for (int i = 0; i < Length; i++)
            {
                if (i != position)
                {
                    usual *= Rule.Shown(shown[i], text[i]);
                    chosen *= shown[i] == text[i] ? 1 : 0;
                }
            }

            weights[text[position]] += probability * Rule.ShownIfAsked(shown[position], text[position]) * (usual + chosen);
        }

        int[] targets = [.. Enumerable.Range(0, Length).Select(i => i == position ? target : TokenBatch.NotCounted)];
        double surprise = new HiddenStoryPosterior([Graph], [[0, 1, 2]], Rule).Surprises(shown, targets).Single();
        Assert.Equal(weights[target] / weights.Sum(), Math.Exp(-surprise), 1e-9);
    });

    [Fact]
    public void What_is_shown_of_a_word_sums_to_one() => Assert.All(Enumerable.Range(0, Words), word =>
    {
        Assert.Equal(1, Enumerable.Range(0, Words + 1).Sum(seen => Rule.Shown(seen, word)), 1e-12);
        Assert.Equal(1, Enumerable.Range(0, Words + 1).Sum(seen => Rule.ShownIfAsked(seen, word)), 1e-12);
    });

    [Fact]
    public void Less_is_hidden_from_an_encoder_than_from_a_decoder()
    {
        double encoder = new SmallWorldSource("encoder", 16, "en").LeastLoss!.Value;
        double decoder = new SmallWorldSource("decoder", 16, "en").LeastLoss!.Value;
        Assert.InRange(encoder, 0.1, decoder);
    }

    private static IEnumerable<(int[] Text, double Probability)> Texts()
    {
        var all = new List<(int[] Text, double Probability, int State)> { ([], 1, 0) };
        for (int i = 0; i < Length; i++)
        {
            all = [.. all.SelectMany(begun => Graph.AllEdges().Where(edge => edge.From == begun.State).Select(edge => (begun.Text.Append(edge.Token).ToArray(), begun.Probability * edge.Probability, edge.To)))];
        }

        return all.Select(text => (text.Text, text.Probability));
    }
}
