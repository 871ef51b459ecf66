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

    /// <summary>
    /// The schedule that follows from a learner's events. They happened in the order in which they stand, whatever the clock said. A judgement takes the place of
    /// the one that the last answer had, so an answer in words counts once, at the time of the answer, as it was judged last; one that nobody judged does not count.
    /// </summary>
    /// <param name="course">The course.</param>
    /// <param name="events">All events of the learner, in order.</param>
    public static ReviewSchedule Of(CourseContent course, IEnumerable<StudyEvent> events)
    {
        var cards = new Dictionary<string, ReviewCard>(StringComparer.Ordinal);
        var known = course.AllQuestions.Where(question => question is not PredictQuestion).Select(question => question.Id).ToHashSet(StringComparer.Ordinal);
        foreach (QuestionAnswered answered in LastJudged(events).Where(answered => known.Contains(answered.Question)))
        {
            if (Grade(answered.Judgement) is { } grade)
            {
                cards[answered.Question] = cards.TryGetValue(answered.Question, out ReviewCard? card) ? card.After(grade, answered.At) : ReviewCard.First(answered.Question, grade, answered.At);
            }
        }

        return new ReviewSchedule(course, [.. cards.Values]);
    }

    /// <summary>
    /// What is due, what is least remembered first: the cards whose day has come, and those that were answered by a clock that ran ahead, since nobody knows when
    /// their day is.
    /// </summary>
    /// <param name="now">Now. Its offset says where a day begins.</param>
    public IReadOnlyList<ReviewCard> Due(DateTimeOffset now)
    {
        TimeSpan restOfDay = TimeSpan.FromDays(1) - now.TimeOfDay;
        return [.. Cards.Where(card => card.Due - now < restOfDay || card.Last - now > ReviewCard.Day).OrderBy(card => card.Retrievability(now)).ThenBy(card => card.Question, StringComparer.Ordinal)];
    }

    /// <summary>As <see cref="Due(DateTimeOffset)"/>, of the questions that the course asks in a language.</summary>
    /// <param name="now">Now. Its offset says where a day begins.</param>
    /// <param name="language">The language.</param>
    public IReadOnlyList<ReviewCard> Due(DateTimeOffset now, Lab.Language language) => [.. Due(now).Where(card => course.Question(card.Question, language) is not null)];

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

    /// <summary>The id of an experiment that shows what a question asks about: that of a session, or else of a session that is not written yet; none if there is none.</summary>
    /// <param name="question">The question's id.</param>
    /// <param name="language">The language.</param>
    public string? ExperimentFor(string question, Lab.Language language) => Evidence(question, language)?.Experiment.Experiment
        ?? course.Outline.FirstOrDefault(outline => outline.Experiments.Count > 0 && course.Question(question, language)?.Concepts.Intersect(outline.Concepts, StringComparer.Ordinal).Any() == true)?.Experiments[0];

    /// <summary>The grade of an answer; none for what is not judged.</summary>
    public static ReviewGrade? Grade(Judgement judgement) => judgement.Outcome switch
    {
        Outcome.Right => ReviewGrade.Good,
        Outcome.Partly => ReviewGrade.Hard,
        Outcome.NotJudged => null,
        _ => ReviewGrade.Again,
    };

    // every answer with the judgement that it has in the end
    private static List<QuestionAnswered> LastJudged(IEnumerable<StudyEvent> events)
    {
        var answers = new List<QuestionAnswered>();
        var last = new Dictionary<(string Source, string Question), int>();
        foreach (StudyEvent happened in events)
        {
            switch (happened)
            {
                case SessionStarted started:
                    foreach ((string Source, string Question) key in last.Keys.Where(key => string.Equals(key.Source, started.Session, StringComparison.Ordinal)).ToArray())
                    {
                        last.Remove(key);
                    }

                    break;
                case QuestionAnswered answered:
                    last[(answered.Source, answered.Question)] = answers.Count;
                    answers.Add(answered);
                    break;
                case JudgementOverruled overruled when last.TryGetValue((overruled.Source, overruled.Question), out int place):
                    answers[place] = answers[place] with { Judgement = overruled.Judgement };
                    break;
                default:
                    break;
            }
        }

        return answers;
    }

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
