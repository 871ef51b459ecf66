using CsCheck;

namespace Fukami.Course.Tests;

public sealed class QuestionTests
{
    private static readonly ChoiceQuestion Single = new([Option("a", right: false, "no-skip-is-slower"), Option("b", right: true), Option("c", right: false)], IsMultiple: false, Shuffles: true)
    {
        Id = "single",
        Line = 1,
        Concepts = ["x"],
        Prompt = "?",
    };

    private static readonly ChoiceQuestion Multiple = new([Option("a", right: true), Option("b", right: true), Option("c", right: false)], IsMultiple: true, Shuffles: false)
    {
        Id = "multiple",
        Line = 1,
        Concepts = ["x"],
        Prompt = "?",
    };

    [Fact]
    public void A_wrong_option_names_its_misconception() =>
        Assert.Equal(new Judgement(Outcome.Wrong, 0, "no-skip-is-slower"), QuestionJudge.Judge(QuestionView.Of(Single, 1), new ChosenOptions(["a"])));

    [Fact]
    public void Some_of_several_right_options_are_partly_right()
    {
        Assert.Equal(new Judgement(Outcome.Partly, 0.5), QuestionJudge.Judge(QuestionView.Of(Multiple, 1), new ChosenOptions(["a"])));
        Assert.Equal(Outcome.Right, QuestionJudge.Judge(QuestionView.Of(Multiple, 1), new ChosenOptions(["b", "a"])).Outcome);
        Assert.Equal(Outcome.Wrong, QuestionJudge.Judge(QuestionView.Of(Multiple, 1), new ChosenOptions(["a", "c"])).Outcome);
    }

    [Fact]
    public void Not_knowing_is_an_answer_of_its_own()
    {
        Assert.Equal(Outcome.Unknown, QuestionJudge.Judge(QuestionView.Of(Single, 1), new DoesNotKnow()).Outcome);
        Assert.Equal(Outcome.Forgotten, QuestionJudge.Judge(QuestionView.Of(Single, 1), new KnewOnce()).Outcome);
    }

    [Fact]
    public void An_option_that_is_not_there_is_refused() =>
        Assert.Throws<ArgumentException>(() => QuestionJudge.Judge(QuestionView.Of(Single, 1), new ChosenOptions(["z"])));

    [Fact]
    public void The_same_seed_shows_the_options_in_the_same_order_and_another_seed_in_another()
    {
        string[] orders = [.. Enumerable.Range(0, 40).Select(seed => string.Concat(QuestionView.Of(Single, (ulong)seed).Options.Select(option => option.Id)))];
        Assert.Equal(orders, Enumerable.Range(0, 40).Select(seed => string.Concat(QuestionView.Of(Single, (ulong)seed).Options.Select(option => option.Id))));
        Assert.Equal(6, orders.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Things_to_put_in_order_are_never_shown_in_the_right_order() => Gen.ULong.Sample(seed =>
    {
        var question = new OrderQuestion(["first", "second", "third"], "why") { Id = "order", Line = 1, Concepts = ["x"], Prompt = "?" };
        IReadOnlyList<int> order = QuestionView.Of(question, seed).Order;
        return order.Order().SequenceEqual([0, 1, 2]) && !order.SequenceEqual([0, 1, 2]);
    });

    [Fact]
    public void An_order_with_one_exchange_of_neighbours_is_partly_right()
    {
        var question = new OrderQuestion(["1", "2", "3", "4"], "why") { Id = "order", Line = 1, Concepts = ["x"], Prompt = "?" };
        QuestionView view = QuestionView.Of(question, 1);
        Assert.Equal(Outcome.Right, QuestionJudge.Judge(view, new GivenOrder([0, 1, 2, 3])).Outcome);
        Assert.Equal(new Judgement(Outcome.Partly, 5.0 / 6), QuestionJudge.Judge(view, new GivenOrder([0, 2, 1, 3])));
        Assert.Equal(new Judgement(Outcome.Wrong, 0), QuestionJudge.Judge(view, new GivenOrder([3, 2, 1, 0])));
    }

    [Theory]
    [InlineData(0.02, 0.01, 1)]
    [InlineData(0.04, 0.01, 0.5)]
    [InlineData(-1, 0.01, 0)]
    public void A_prediction_is_as_close_as_its_ratio_to_the_measurement(double predicted, double measured, double closeness)
    {
        var question = new PredictQuestion("gradients", "claim", "none", Factor: 2, Tolerance: 0, "unit") { Id = "predict", Line = 1, Concepts = ["x"], Prompt = "?" };
        Assert.Equal(closeness, QuestionJudge.Closeness(question, predicted, measured), 6);
    }

    public static TheoryData<string> Generators => [.. NumberGenerators.All.Select(generator => generator.Name)];

    [Theory]
    [MemberData(nameof(Generators))]
    public void A_drawn_number_is_right_and_every_mistake_names_itself(string generator) => Gen.ULong.Sample(
        seed =>
        {
            var question = new NumberQuestion(generator, new Dictionary<string, string>(StringComparer.Ordinal), 0.01, "{{key}}") { Id = "number", Line = 1, Concepts = ["x"], Prompt = "{{key}}" };
            QuestionView view = QuestionView.Of(question, seed);
            NumberCase drawn = view.Number!;
            Assert.Equal(Outcome.Right, QuestionJudge.Judge(view, new GivenNumber(Math.Round(drawn.Key, 2))).Outcome);
            Assert.All(drawn.Mistakes, mistake =>
            {
                Judgement judgement = QuestionJudge.Judge(view, new GivenNumber(mistake.Value));
                Assert.Equal(Outcome.Wrong, judgement.Outcome);
                Assert.NotNull(judgement.Misconception);
            });
            Assert.DoesNotContain("{{", view.Prompt, StringComparison.Ordinal);
        },
        iter: 60);

    [Fact]
    public void Layer_normalization_by_hand_is_the_formula() => Gen.ULong.Sample(
        seed =>
        {
            NumberCase drawn = NumberGenerators.Find("layer-norm-by-hand")!.Draw(seed, [4]);
            double[] features = [.. drawn.Names["features"].Trim('(', ')').Split(", ").Select(text => double.Parse(text.Replace('−', '-'), System.Globalization.CultureInfo.InvariantCulture))];
            double mean = features.Average();
            double variance = features.Average(value => (value - mean) * (value - mean));
            Assert.Equal((features[0] - mean) / Math.Sqrt(variance + 1e-5), drawn.Key, 1e-5);
        },
        iter: 60);

    [Fact]
    public void An_argument_out_of_range_is_refused_with_its_range()
    {
        var question = new NumberQuestion("layer-norm-by-hand", new Dictionary<string, string>(StringComparer.Ordinal) { ["features"] = "99" }, 0.01, "") { Id = "n", Line = 1, Concepts = ["x"], Prompt = "?" };
        CourseException error = Assert.Throws<CourseException>(() => QuestionView.Of(question, 1));
        Assert.Contains("2 to 8", error.Message, StringComparison.Ordinal);
    }

    private static AnswerOption Option(string id, bool right, string? misconception = null) => new(id, id, right, "because", misconception, null);
}
