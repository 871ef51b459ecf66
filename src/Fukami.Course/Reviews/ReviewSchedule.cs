namespace Fukami.Course;

/// <summary>The questions that a learner has met, and when each is to come back.</summary>
public sealed class ReviewSchedule
{
    /// <summary>The source of a review's answers in <see cref="QuestionAnswered"/>.</summary>
    public const string Source = "review";

    private readonly CourseContent course;

    private ReviewSchedule(CourseContent course, IReadOnlyList<ReviewCard> cards) => (this.course, Cards) = (course, cards);

    /// <summary>A card for every question that was met, in the order in which they were.</summary>
    public IReadOnlyList<ReviewCard> Cards { get; }

    /// <summary>The schedule that follows from a learner's events.</summary>
    public static ReviewSchedule Of(CourseContent course, IEnumerable<StudyEvent> events)
    {
        var cards = new Dictionary<string, ReviewCard>(StringComparer.Ordinal);
        var known = course.AllQuestions.Where(question => question is not PredictQuestion).Select(question => question.Id).ToHashSet(StringComparer.Ordinal);
        foreach (StudyEvent happened in events)
        {
            (string question, Judgement judgement) = happened switch
            {
                QuestionAnswered answered => (answered.Question, answered.Judgement),
                JudgementOverruled overruled when !cards.ContainsKey(overruled.Question) => (overruled.Question, overruled.Judgement),
                _ => ("", Judgement.None),
            };
            if (known.Contains(question) && Grade(judgement) is { } grade)
            {
                cards[question] = cards.TryGetValue(question, out ReviewCard? card) ? card.After(grade, happened.At) : ReviewCard.First(question, grade, happened.At);
            }
        }

        return new ReviewSchedule(course, [.. cards.Values]);
    }

    /// <summary>What is due, what is least remembered first.</summary>
    public IReadOnlyList<ReviewCard> Due(DateTimeOffset now) => [.. Cards.Where(card => card.Due <= now).OrderBy(card => card.Retrievability(now)).ThenBy(card => card.Question, StringComparer.Ordinal)];

    /// <summary>When the next card is due; none if there is no card.</summary>
    public DateTimeOffset? Next => Cards.Count == 0 ? null : Cards.Min(card => card.Due);

    /// <summary>The session and the experiment in it that show what a question asks about; none if no session has one.</summary>
    /// <param name="question">The question's id.</param>
    /// <param name="language">The language.</param>
    public (Session Session, ExperimentBlock Experiment)? Evidence(string question, Lab.Language language)
    {
        if (course.Question(question, language) is not { } asked)
        {
            return null;
        }

        foreach (Session session in course.Sessions(language))
        {
            Block[] blocks = [.. session.AllBlocks];
            Question? there = session.Questions.FirstOrDefault(other => string.Equals(other.Id, question, StringComparison.Ordinal))
                ?? session.Questions.OfType<PredictQuestion>().FirstOrDefault(other => other.Concepts.Intersect(asked.Concepts, StringComparer.Ordinal).Any())
                ?? session.Questions.FirstOrDefault(other => other.Concepts.Intersect(asked.Concepts, StringComparer.Ordinal).Any());
            if (there is not null && Nearest(blocks, there) is { } experiment)
            {
                return (session, experiment);
            }
        }

        return null;
    }

    /// <summary>The grade of an answer; none for what is not judged.</summary>
    public static ReviewGrade? Grade(Judgement judgement) => judgement.Outcome switch
    {
        Outcome.Right => ReviewGrade.Good,
        Outcome.Partly => ReviewGrade.Hard,
        Outcome.NotJudged => null,
        _ => ReviewGrade.Again,
    };

    // a prediction's own experiment; else the last one in front of the question, or the first behind it
    private static ExperimentBlock? Nearest(Block[] blocks, Question question)
    {
        if (question is PredictQuestion predict)
        {
            return blocks.OfType<ExperimentBlock>().FirstOrDefault(block => string.Equals(block.Id, predict.Experiment, StringComparison.Ordinal));
        }

        int at = Array.IndexOf(blocks, question);
        return blocks[..at].OfType<ExperimentBlock>().LastOrDefault() ?? blocks[at..].OfType<ExperimentBlock>().FirstOrDefault();
    }
}
