namespace Fukami.Course;

/// <summary>Judges answers to questions that have a key. Answers in words are judged against their rubric instead.</summary>
public static class QuestionJudge
{
    /// <summary>What is to be said of an answer.</summary>
    /// <param name="view">The question as it was asked.</param>
    /// <param name="answer">The answer.</param>
    /// <exception cref="ArgumentException">The answer is of another kind than the question, or names an option that is not there.</exception>
    public static Judgement Judge(QuestionView view, GivenAnswer answer) => (view.Question, answer) switch
    {
        (_, Skipped) => Judgement.None,
        (_, DoesNotKnow) => new Judgement(Outcome.Unknown, 0),
        (_, KnewOnce) => new Judgement(Outcome.Forgotten, 0),
        (ChoiceQuestion choice, ChosenOptions chosen) => OfChoice(choice, chosen),
        (NumberQuestion number, GivenNumber given) => OfNumber(view.Number!, number.Tolerance, given.Value),
        (OrderQuestion order, GivenOrder given) => OfOrder(order, given),
        (PredictQuestion, GivenNumber) => Judgement.None,
        _ => throw new ArgumentException($"An answer of kind {answer.GetType().Name} does not fit the question {view.Question.Id}.", nameof(answer)),
    };

    /// <summary>How near a prediction came to what was measured: 1 within the factor or tolerance that counts as close, else less, down to 0.</summary>
    /// <param name="question">The prediction.</param>
    /// <param name="predicted">What was predicted.</param>
    /// <param name="measured">What was measured.</param>
    public static double Closeness(PredictQuestion question, double predicted, double measured)
    {
        if (!double.IsFinite(predicted) || !double.IsFinite(measured))
        {
            return 0;
        }

        double distance = question.Factor > 1
            ? predicted > 0 && measured > 0 ? Math.Abs(Math.Log(predicted / measured)) / Math.Log(question.Factor) : predicted == measured ? 0 : double.PositiveInfinity
            : Math.Abs(predicted - measured) / question.Tolerance;
        return distance <= 1 ? 1 : 1 / distance;
    }

    private static Judgement OfChoice(ChoiceQuestion question, ChosenOptions chosen)
    {
        AnswerOption[] options = [.. chosen.Options.Distinct(StringComparer.Ordinal).Select(id => question.Options.FirstOrDefault(option => string.Equals(option.Id, id, StringComparison.Ordinal))
            ?? throw new ArgumentException($"The question {question.Id} has no option {id}.", nameof(chosen)))];
        if (options.Length == 0 || (options.Length > 1 && !question.IsMultiple))
        {
            throw new ArgumentException($"{options.Length} options were chosen for the question {question.Id}.", nameof(chosen));
        }

        string? misconception = options.FirstOrDefault(option => !option.IsRight && option.Misconception is not null)?.Misconception;
        int agreed = question.Options.Count(option => option.IsRight == options.Contains(option));
        if (agreed == question.Options.Count)
        {
            return new Judgement(Outcome.Right, 1);
        }

        return question.IsMultiple && options.All(option => option.IsRight)
            ? new Judgement(Outcome.Partly, (double)options.Length / question.Options.Count(option => option.IsRight))
            : new Judgement(Outcome.Wrong, 0, misconception);
    }

    private static Judgement OfNumber(NumberCase drawn, double tolerance, double value)
    {
        if (Math.Abs(value - drawn.Key) <= tolerance * (1 + 1e-6))
        {
            return new Judgement(Outcome.Right, 1);
        }

        NumberMistake? mistake = drawn.Mistakes.Where(known => Math.Abs(known.Value - value) <= tolerance * (1 + 1e-6)).MinBy(known => Math.Abs(known.Value - value));
        return new Judgement(Outcome.Wrong, 0, mistake?.Misconception);
    }

    // the share of neighbours that stand in the right order
    private static Judgement OfOrder(OrderQuestion question, GivenOrder given)
    {
        if (!given.Items.Order().SequenceEqual(Enumerable.Range(0, question.Items.Count)))
        {
            throw new ArgumentException($"An order of the {question.Items.Count} items of the question {question.Id} names each of them once.", nameof(given));
        }

        int pairs = 0;
        for (int i = 0; i < given.Items.Count; i++)
        {
            for (int j = i + 1; j < given.Items.Count; j++)
            {
                pairs += given.Items[i] < given.Items[j] ? 1 : 0;
            }
        }

        double score = pairs / (given.Items.Count * (given.Items.Count - 1) / 2.0);
        return score == 1 ? new Judgement(Outcome.Right, 1) : new Judgement(score >= 0.75 ? Outcome.Partly : Outcome.Wrong, score);
    }
}
