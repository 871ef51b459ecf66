using System.Globalization;
using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// Little stories about animals and children, in English, Japanese or both, drawn from a <see cref="StoryGraph"/>: text that a person can read, with a best possible loss
/// that is known exactly. An example begins with a story and goes on with others of its language.
/// </summary>
public sealed class SmallWorldSource : ITrainingSource
{
    private const int HeldOutTokens = 32_768;

    private readonly StoryGraph[] graphs;
    private readonly int[][] ids;
    private readonly Objective objective;
    private readonly RandomSource validation;
    private readonly int[] window;

    /// <summary>The source for a model.</summary>
    /// <param name="kind">What is trained: decoder, encoder, encoder-decoder.</param>
    /// <param name="length">Positions of an example, at least 1.</param>
    /// <param name="language">One of <see cref="TaskSettings.Languages"/>.</param>
    /// <param name="seed">Of the held-out stories.</param>
    /// <exception cref="SettingsException">There is no such kind or language.</exception>
    public SmallWorldSource(string kind, int length, string language = "both", ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        Choice chosen = ChoiceTable.Find(TaskSettings.Languages, "language", language);
        graphs = chosen.Name switch
        {
            "en" => [EnglishStories.Build()],
            "ja" => [JapaneseStories.Build()],
            _ => [EnglishStories.Build(), JapaneseStories.Build()],
        };
        string[] words = [.. graphs.SelectMany(graph => graph.Vocabulary).Distinct(StringComparer.Ordinal)];
        Words = new WordTokenizer(words);
        ids = [.. graphs.Select(graph => graph.Vocabulary.Select(word => Array.IndexOf(words, word)).ToArray())];
        objective = Objective.Of(kind, length, words.Length);
        (validation, window) = (new RandomSource(seed).Split("small-world"), new int[objective.Window]);
        Identity = string.Create(CultureInfo.InvariantCulture, $"task small-world, {kind}, language {language}, {words.Length} words, length {length}, seed {seed}");
    }

    /// <summary>The stories, one graph a language.</summary>
    public IReadOnlyList<StoryGraph> Graphs => graphs;

    /// <summary>The tokenizer of the words.</summary>
    public WordTokenizer Words { get; }

    /// <inheritdoc/>
    public ITokenizer Tokenizer => Words;

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public int Vocabulary => objective.Vocabulary;

    /// <inheritdoc/>
    public int Length => objective.Length;

    /// <inheritdoc/>
    public int SourceLength => objective.SourceLength;

    /// <summary>
    /// For a decoder the mean entropy of the tokens that are asked for; for an encoder the mean of −ln of the exact posterior of the hidden tokens of the held-out examples, given
    /// all that is shown; none for an encoder-decoder, which is asked for the second half only.
    /// </summary>
    public double? LeastLoss => field ??= objective.SourceLength > 0 ? null : objective.IsNextToken ? graphs.Average(graph => graph.MeanEntropy(Length)) : LeastLossOfHidden();

    /// <inheritdoc/>
    public int ValidationExamples => Math.Max(1, HeldOutTokens / Length);

    /// <inheritdoc/>
    public void Fill(TokenBatch batch, RandomSource random)
    {
        for (int row = 0; row < batch.Batch; row++)
        {
            Write(batch, row, random.Split((ulong)row));
        }
    }

    /// <inheritdoc/>
    public void FillValidation(TokenBatch batch, int first)
    {
        for (int row = 0; row < batch.Batch; row++)
        {
            Write(batch, row, validation.Split((ulong)(first + row)));
            if (first + row >= ValidationExamples)
            {
                batch.Targets.AsSpan(row * Length, Length).Fill(TokenBatch.NotCounted);
            }
        }
    }

    private double LeastLossOfHidden()
    {
        var posterior = new HiddenStoryPosterior(graphs, ids, new HidingRule(Objective.AskedShare, Vocabulary - 1));
        var batch = new TokenBatch(1, Length);
        double sum = 0;
        long count = 0;
        for (int example = 0; example < ValidationExamples; example++)
        {
            FillValidation(batch, example);
            foreach (double surprise in posterior.Surprises(batch.Ids, batch.Targets))
            {
                sum += surprise;
                count++;
            }
        }

        return sum / count;
    }

    private void Write(TokenBatch batch, int row, RandomSource random)
    {
        int language = random.Split(2).Below(0, graphs.Length);
        graphs[language].Draw(window, random.Split(0));
        for (int i = 0; i < window.Length; i++)
        {
            window[i] = ids[language][window[i]];
        }

        objective.Write(window, batch, row, skip: 0, random.Split(1));
    }
}
