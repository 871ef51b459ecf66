using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class AnswerTaskTests
{
    private static readonly Func<int[], int[]>[] Answers = [question => question, question => [.. question.Reverse()], question => [.. question.Order()]];

    [Fact]
    public void A_decoder_reads_question_marker_answer_and_only_the_answer_counts()
    {
        foreach ((AnswerTask task, Func<int[], int[]> answer) in Tasks("decoder", 9))
        {
            Assert.Equal((4, 8, 5), (task.Items, task.Length, task.Marker));
            TokenBatch batch = task.CreateBatch(10);
            task.Fill(batch, new RandomSource(1));
            for (int row = 0; row < 10; row++)
            {
                int[] ids = batch.Ids[(row * 8)..((row + 1) * 8)];
                int[] expected = answer(ids[..4]);
                Assert.Equal([-1, -1, -1, -1, .. expected], batch.Targets[(row * 8)..((row + 1) * 8)]);
                Assert.Equal([task.Marker, .. expected[..3]], ids[4..]);
                Assert.All(ids[..4], id => Assert.InRange(id, 0, 4));
            }
        }
    }

    [Fact]
    public void An_encoder_answers_in_place_and_an_encoder_decoder_behind_the_marker()
    {
        foreach ((AnswerTask task, Func<int[], int[]> answer) in Tasks("encoder", 4).Concat(Tasks("encoder-decoder", 4)))
        {
            TokenBatch batch = task.CreateBatch(10);
            task.Fill(batch, new RandomSource(1));
            for (int row = 0; row < 10; row++)
            {
                Range place = (row * 4)..((row + 1) * 4);
                int[] expected = answer((batch.Source ?? batch).Ids[place]);
                Assert.Equal(expected, batch.Targets[place]);
                if (task.SourceLength > 0)
                {
                    Assert.Equal([task.Marker, .. expected[..3]], batch.Ids[place]);
                }
            }
        }
    }

    [Fact]
    public void Held_out_questions_are_always_the_same_and_end()
    {
        var task = new SortTask("decoder", 6, 8);
        TokenBatch one = task.CreateBatch(100);
        TokenBatch two = task.CreateBatch(28);
        task.FillValidation(one, 200);
        task.FillValidation(two, 228);
        Assert.Equal(one.Ids[(28 * 8)..(56 * 8)], two.Ids);
        Assert.All(one.Targets[(56 * 8)..], target => Assert.Equal(-1, target));
        Assert.Equal(56 * 4, one.Targets.Count(target => target >= 0));
    }

    [Theory]
    [InlineData("decoder", 1, 8)]
    [InlineData("decoder", 6, 1)]
    [InlineData("encoder", 6, 0)]
    public void Too_few_symbols_or_positions_are_refused(string kind, int vocabulary, int length) =>
        Assert.Throws<SettingsException>(() => new CopyTask(kind, vocabulary, length));

    [Fact]
    public void An_unknown_kind_is_refused() => Assert.Throws<SettingsException>(() => new CopyTask("rnn", 6, 8));

    [Fact]
    public void Every_task_of_the_table_fits_a_model_with_its_vocabulary()
    {
        foreach (TaskKind task in TaskKinds.All)
        {
            foreach (ModelKind kind in ModelKinds.All)
            {
                var settings = new TransformerSettings { Kind = kind.Name, Vocabulary = task.Vocabulary, Length = 16 };
                ITrainingSource source = task.Create(settings, new TaskSettings { Seed = 1 });
                Assert.True(task.Vocabulary == (task.HasLanguages ? 0 : source.Vocabulary));
                Assert.Equal(task.HasLanguages, source.Tokenizer is not null);
                TokenBatch batch = source.CreateBatch(5);
                source.Fill(batch, new RandomSource(1));
                Assert.All(batch.Ids, id => Assert.InRange(id, 0, source.Vocabulary - 1));
                Assert.Contains(batch.Targets, target => target >= 0);
                source.FillValidation(batch, source.ValidationExamples - 2);
                Assert.All(batch.Targets[(2 * source.Length)..], target => Assert.Equal(-1, target));
            }
        }
    }

    private static IEnumerable<(AnswerTask Task, Func<int[], int[]> Answer)> Tasks(string kind, int length)
    {
        yield return (new CopyTask(kind, 6, length), Answers[0]);
        yield return (new ReverseTask(kind, 6, length), Answers[1]);
        yield return (new SortTask(kind, 6, length), Answers[2]);
    }
}
