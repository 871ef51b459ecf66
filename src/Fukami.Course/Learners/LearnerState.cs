namespace Fukami.Course;

/// <summary>Where a learner stands: what follows from their events, and nothing else.</summary>
public sealed class LearnerState
{
    private readonly Dictionary<string, ConceptStanding> standings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SessionProgress> progress = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Source, string Question), QuestionAnswered> answers = [];
    private readonly Dictionary<(string Source, string Question), ConceptStanding[]> before = [];
    private readonly List<QuestionAnswered> baseline = [];
    private readonly List<FeedbackGiven> feedback = [];
    private readonly Dictionary<string, Question> questions = new(StringComparer.Ordinal);

    private LearnerState(CourseContent course)
    {
        Course = course;
        foreach (Question question in course.AllQuestions)
        {
            questions.TryAdd(question.Id, question);
        }
    }

    /// <summary>The course.</summary>
    public CourseContent Course { get; }

    /// <summary>The seed of the baseline test that was begun last; none if none was.</summary>
    public ulong? BaselineSeed { get; private set; }

    /// <summary>Whether that test was finished.</summary>
    public bool BaselineIsFinished { get; private set; }

    /// <summary>The answers of that test, in order.</summary>
    public IReadOnlyList<QuestionAnswered> BaselineAnswers => baseline;

    /// <summary>What the learner said of sessions, in order.</summary>
    public IReadOnlyList<FeedbackGiven> Feedback => feedback;

    /// <summary>The address of the chat model to which the learner allows answers to be sent; none if they do not.</summary>
    public string? Consent { get; private set; }

    /// <summary>Where each concept stands, in the order of the map.</summary>
    public IReadOnlyList<ConceptStanding> Standings => [.. Course.Concepts.Ordered.Select(concept => Standing(concept.Id))];

    /// <summary>Sessions that were begun, each as it went the last time.</summary>
    public IReadOnlyCollection<SessionProgress> Sessions => progress.Values;

    /// <summary>The state that follows from events.</summary>
    /// <param name="course">The course.</param>
    /// <param name="events">All events of the learner, in order.</param>
    public static LearnerState Of(CourseContent course, IEnumerable<StudyEvent> events)
    {
        var state = new LearnerState(course);
        foreach (StudyEvent happened in events)
        {
            state.Apply(happened);
        }

        return state;
    }

    /// <summary>Where a concept stands.</summary>
    public ConceptStanding Standing(string concept) => standings.GetValueOrDefault(concept) ?? new ConceptStanding(concept, ConceptState.NotSeen);

    /// <summary>How a session went the last time; none if it was never begun.</summary>
    public SessionProgress? Session(string session) => progress.GetValueOrDefault(session);

    /// <summary>The last answer to a question in a session, in the baseline test or in a review; none if there is none.</summary>
    public QuestionAnswered? Answer(string source, string question) => answers.GetValueOrDefault((source, question));

    /// <summary>Adds an event.</summary>
    public void Apply(StudyEvent happened)
    {
        switch (happened)
        {
            case BaselineStarted started:
                (BaselineSeed, BaselineIsFinished) = (started.Seed, false);
                baseline.Clear();
                break;
            case BaselineFinished:
                BaselineIsFinished = true;
                break;
            case SessionStarted started:
                progress[started.Session] = new SessionProgress(started.Session, started.Run, started.Seed, started.At);
                foreach ((string Source, string Question) key in answers.Keys.Where(key => string.Equals(key.Source, started.Session, StringComparison.Ordinal)).ToArray())
                {
                    answers.Remove(key);
                }

                break;
            case StepReached reached when progress.TryGetValue(reached.Session, out SessionProgress? session):
                session.Reach(reached);
                break;
            case SessionFinished finished when progress.TryGetValue(finished.Session, out SessionProgress? session):
                session.Finish(finished);
                Teach(finished.Session);
                break;
            case ExperimentMeasured measured when progress.TryGetValue(measured.Session, out SessionProgress? session):
                session.Measure(measured);
                break;
            case QuestionAnswered answered:
                Answered(answered);
                break;
            case JudgementOverruled overruled when answers.TryGetValue((overruled.Source, overruled.Question), out QuestionAnswered? answered):
                Overruled(answered with { Judgement = overruled.Judgement });
                break;
            case FeedbackGiven given:
                feedback.Add(given);
                break;
            case ConsentChanged consent:
                Consent = consent.IsGiven ? consent.Address : null;
                break;
            default:
                break; // an event about a session that was never begun
        }
    }

    private void Answered(QuestionAnswered answered)
    {
        answers[(answered.Source, answered.Question)] = answered;
        bool isBaseline = string.Equals(answered.Source, BaselineTest.Source, StringComparison.Ordinal);
        if (isBaseline)
        {
            baseline.RemoveAll(earlier => string.Equals(earlier.Question, answered.Question, StringComparison.Ordinal));
            baseline.Add(answered);
        }

        if (!questions.TryGetValue(answered.Question, out Question? question))
        {
            return; // a question that the course no longer has
        }

        before[(answered.Source, answered.Question)] = [.. question.Concepts.Select(Standing)];
        foreach (string concept in question.Concepts)
        {
            standings[concept] = isBaseline
                ? BaselineTest.Standing(concept, [.. baseline.Where(given => questions.TryGetValue(given.Question, out Question? asked) && asked.Concepts.Contains(concept, StringComparer.Ordinal))])
                : After(Standing(concept), answered);
        }
    }

    // an answer counts once however often it is judged: what rests on it is taken back first
    private void Overruled(QuestionAnswered answered)
    {
        foreach (ConceptStanding standing in before.GetValueOrDefault((answered.Source, answered.Question)) ?? [])
        {
            if (string.Equals(Standing(standing.Concept).Question, answered.Question, StringComparison.Ordinal))
            {
                standings[standing.Concept] = standing;
            }
        }

        Answered(answered);
    }

    // one right answer after a gap is learning, the next one is knowing
    private static ConceptStanding After(ConceptStanding before, QuestionAnswered answered)
    {
        ConceptState? state = answered.Judgement.Outcome switch
        {
            Outcome.Right => before.State is ConceptState.Learning or ConceptState.Known ? ConceptState.Known : ConceptState.Learning,
            Outcome.Partly => ConceptState.Learning,
            Outcome.Wrong => ConceptState.Wrong,
            Outcome.Unknown => ConceptState.Unknown,
            Outcome.Forgotten => ConceptState.Forgotten,
            _ => null,
        };
        return state is { } now ? new ConceptStanding(before.Concept, now, answered.Judgement.Misconception, answered.Question, answered.Shown) : before;
    }

    private void Teach(string session)
    {
        foreach (string concept in Course.Outline.FirstOrDefault(outline => string.Equals(outline.Id, session, StringComparison.Ordinal))?.Concepts ?? [])
        {
            if (Standing(concept) is { State: ConceptState.NotSeen } standing)
            {
                standings[concept] = standing with { State = ConceptState.Learning };
            }
        }
    }
}
