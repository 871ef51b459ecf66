using Fukami.Lab;
using Fukami.Tensors;

namespace Fukami.Course;

/// <summary>
/// A learner in a session: where they are, what they see, what they answer and measure. It has no screen; the terminal and the page drive the same one.
/// Every event is stored before its consequence is told, so whatever happens to the process, the session goes on at the same step. Not thread-safe.
/// </summary>
public sealed class StudyRun
{
    /// <summary>Longer than this on one step, and the learner has gone for coffee.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(10);

    private readonly ILearnerStore store;
    private readonly IOpenJudge judge;
    private readonly TimeProvider time;
    private readonly SessionProgress progress;
    private double elapsedBefore;
    private long stepBegan;

    private StudyRun(Session session, Learner learner, LearnerState state, LearnerState before, ILearnerStore store, IOpenJudge judge, TimeProvider time, bool isResumed)
    {
        (Session, Learner, State, this.store, this.judge, this.time, IsResumed) = (session, learner, state, store, judge, time, isResumed);
        progress = state.Session(session.Id)!;
        elapsedBefore = progress.ElapsedSeconds;
        stepBegan = time.GetTimestamp();
        Steps = [.. session.Sections.SelectMany(section => StepsOf(section, before))];
        int reached = Steps.ToList().FindIndex(step => string.Equals(step.Block.Id, progress.Step, StringComparison.Ordinal));
        Index = Math.Max(0, reached);
    }

    /// <summary>The session.</summary>
    public Session Session { get; }

    /// <summary>The learner.</summary>
    public Learner Learner { get; }

    /// <summary>The learner's state, kept up to date.</summary>
    public LearnerState State { get; }

    /// <summary>The steps that this learner sees, in order.</summary>
    public IReadOnlyList<StudyStep> Steps { get; }

    /// <summary>The place of the current step, from 0.</summary>
    public int Index { get; private set; }

    /// <summary>The current step.</summary>
    public StudyStep Current => Steps[Index];

    /// <summary>Whether it was begun earlier and goes on now.</summary>
    public bool IsResumed { get; }

    /// <summary>Whether the last step is behind the learner.</summary>
    public bool IsFinished => progress.IsFinished;

    /// <summary>Time spent so far, without pauses.</summary>
    public TimeSpan Elapsed => TimeSpan.FromSeconds(elapsedBefore + SecondsOnStep);

    /// <summary>Time that was planned up to the end of the current section.</summary>
    public TimeSpan Planned => TimeSpan.FromMinutes(Session.Sections.TakeWhile(section => section != Current.Section).Append(Current.Section).Sum(section => section.Minutes));

    private double SecondsOnStep => Math.Min(time.GetElapsedTime(stepBegan).TotalSeconds, LongestStep.TotalSeconds);

    /// <summary>Begins a session, or goes on with it where the learner stopped.</summary>
    /// <param name="course">The course.</param>
    /// <param name="store">Where events are kept.</param>
    /// <param name="learner">The learner.</param>
    /// <param name="session">The session's id.</param>
    /// <param name="judge">Judges answers in words.</param>
    /// <param name="time">The clock.</param>
    /// <param name="anew">Whether to begin again although it was begun.</param>
    /// <param name="cancellation">Stops waiting for the store.</param>
    /// <exception cref="CourseException">The course has no such session in the learner's language.</exception>
    public static async Task<StudyRun> BeginAsync(
        CourseContent course, ILearnerStore store, Learner learner, string session, IOpenJudge judge, TimeProvider? time = null, bool anew = false, CancellationToken cancellation = default)
    {
        time ??= TimeProvider.System;
        Session read = Find(course, learner, session);
        var events = new List<StudyEvent>(await store.ReadAsync(learner.Id, cancellation).ConfigureAwait(false));
        SessionProgress? last = LearnerState.Of(course, events).Session(session);
        bool resumes = last is { IsFinished: false } && !anew;
        if (!resumes)
        {
            int run = (last?.Run ?? 0) + 1;
            var started = new SessionStarted(session, run, SeedOf(learner, session, run)) { At = time.GetUtcNow() };
            await store.AppendAsync(learner.Id, started, cancellation).ConfigureAwait(false);
            events.Add(started);
        }

        return Of(course, events, read, learner, store, judge, time, resumes);
    }

    /// <summary>The session as the learner began it last, whether it is finished or not; none if they never did. Nothing is stored.</summary>
    /// <inheritdoc cref="BeginAsync"/>
    public static async Task<StudyRun?> FindAsync(
        CourseContent course, ILearnerStore store, Learner learner, string session, IOpenJudge judge, TimeProvider? time = null, CancellationToken cancellation = default)
    {
        Session read = Find(course, learner, session);
        IReadOnlyList<StudyEvent> events = await store.ReadAsync(learner.Id, cancellation).ConfigureAwait(false);
        return LearnerState.Of(course, events).Session(session) is null ? null : Of(course, [.. events], read, learner, store, judge, time ?? TimeProvider.System, isResumed: true);
    }

    /// <summary>Notes that the current step is on the screen.</summary>
    public Task ShowAsync(CancellationToken cancellation = default) => AddAsync(new StepReached(Session.Id, Current.Block.Id, Elapsed.TotalSeconds) { At = time.GetUtcNow() }, cancellation);

    /// <summary>Goes on to the next step; behind the last one the session is finished. False if it is.</summary>
    public async Task<bool> NextAsync(CancellationToken cancellation = default)
    {
        elapsedBefore = Elapsed.TotalSeconds;
        stepBegan = time.GetTimestamp();
        if (Index + 1 == Steps.Count)
        {
            if (!IsFinished)
            {
                await AddAsync(new SessionFinished(Session.Id, elapsedBefore) { At = time.GetUtcNow() }, cancellation).ConfigureAwait(false);
            }

            return false;
        }

        Index++;
        await ShowAsync(cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>Goes to a step, back or forward.</summary>
    /// <param name="index">Its place, from 0.</param>
    /// <param name="cancellation">Stops waiting for the store.</param>
    public async Task GoToAsync(int index, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Steps.Count);
        elapsedBefore = Elapsed.TotalSeconds;
        stepBegan = time.GetTimestamp();
        Index = index;
        await ShowAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Leaves the session for now: time stops, the step stays.</summary>
    public Task PauseAsync(CancellationToken cancellation = default) => ShowAsync(cancellation);

    /// <summary>A question as it is asked in this run of the session.</summary>
    public QuestionView View(Question question) => QuestionView.Of(question, SeedOf(question));

    /// <summary>The last answer to a question in this run; none if there is none.</summary>
    public QuestionAnswered? Answer(Question question) => State.Answer(Session.Id, question.Id);

    /// <summary>Judges an answer and stores it. When it returns, the answer is kept, whatever happens next.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="cancellation">Stops a judge that takes its time; the answer is then judged by the next call.</param>
    public async Task<Judgement> AnswerAsync(Question question, GivenAnswer answer, CancellationToken cancellation = default)
    {
        QuestionView view = View(question);
        Judgement judgement;
        if (question is OpenQuestion open && answer is GivenText text)
        {
            // kept before it is judged: a judge that asks a model may take long, or fail
            await AddAsync(Answered(view, answer, Judgement.None), cancellation).ConfigureAwait(false);
            judgement = await judge.JudgeAsync(open, text.Text, Session.Language, cancellation).ConfigureAwait(false);
            await AddAsync(new JudgementOverruled(Session.Id, question.Id, judgement) { At = time.GetUtcNow() }, cancellation).ConfigureAwait(false);
            return judgement;
        }

        judgement = QuestionJudge.Judge(view, answer);
        await AddAsync(Answered(view, answer, judgement), cancellation).ConfigureAwait(false);
        return judgement;
    }

    /// <summary>The learner judges an answer otherwise, and has the last word.</summary>
    public Task OverruleAsync(Question question, Judgement judgement, CancellationToken cancellation = default) =>
        AddAsync(new JudgementOverruled(Session.Id, question.Id, judgement) { At = time.GetUtcNow() }, cancellation);

    /// <summary>Runs an experiment of the session and stores what it measured.</summary>
    /// <param name="block">The experiment.</param>
    /// <param name="changes">Settings that the learner changes, by name; none for those of the lesson.</param>
    /// <param name="running">Told of the progress.</param>
    /// <param name="runner">Runs it where others are waiting to run theirs; none to run it here and now.</param>
    /// <param name="cancellation">Stops the run; nothing is stored then.</param>
    /// <exception cref="LabException">A setting is not allowed.</exception>
    public async Task<Report> MeasureAsync(
        ExperimentBlock block, IReadOnlyDictionary<string, string>? changes = null, IProgress<ExperimentProgress>? running = null, ExperimentRunner? runner = null, CancellationToken cancellation = default)
    {
        Experiment experiment = SessionExperiment.Find(block);
        SettingValues settings = SessionExperiment.Settings(experiment, block, changes);
        experiment.Check(settings);
        Report report = runner is null
            ? await Task.Run(() => experiment.Run(settings, running, cancellation), cancellation).ConfigureAwait(false)
            : await runner(experiment, settings, running, cancellation).ConfigureAwait(false);
        if (!report.Interrupted && (changes is null || changes.Count == 0))
        {
            await AddAsync(SessionExperiment.Measured(Session.Id, block, report, time.GetUtcNow()), cancellation).ConfigureAwait(false);
        }

        return report;
    }

    /// <summary>The predictions that an experiment answers, beside what it measured in this run; empty before it ran.</summary>
    public IReadOnlyList<MeasuredPrediction> Predictions(ExperimentBlock block) =>
        [.. Session.Questions.OfType<PredictQuestion>().Where(question => string.Equals(question.Experiment, block.Id, StringComparison.Ordinal)).Select(Compared).OfType<MeasuredPrediction>()];

    /// <summary>Stores what the learner says of the session.</summary>
    public Task GiveFeedbackAsync(string prompt, string text, CancellationToken cancellation = default) =>
        AddAsync(new FeedbackGiven(Session.Id, prompt, text) { At = time.GetUtcNow() }, cancellation);

    /// <summary>A text with the learner's own figures filled in.</summary>
    public string Fill(string text) => Placeholders.FillMeasured(text, progress);

    /// <summary>How it went so far.</summary>
    public SessionSummary Summary()
    {
        QuestionAnswered[] answers = [.. Session.Questions.Select(Answer).OfType<QuestionAnswered>()];
        QuestionAnswered[] judged = [.. answers.Where(answer => answer.Judgement.Outcome != Outcome.NotJudged)];
        return new SessionSummary(
            Elapsed.TotalSeconds,
            60.0 * Session.Minutes,
            judged.Count(answer => answer.Judgement.Outcome == Outcome.Right),
            judged.Length,
            [.. Session.Questions.OfType<PredictQuestion>().Select(Compared).OfType<MeasuredPrediction>()],
            answers);
    }

    private static Session Find(CourseContent course, Learner learner, string session) => course.Session(session, learner.Language) ?? throw new CourseException(new LocalizedText(
        $"The course has no session “{session}”; there are: {string.Join(", ", course.Sessions(learner.Language).Select(known => known.Id))}.",
        $"「{session}」というセッションはありません。あるのは {string.Join(", ", course.Sessions(learner.Language).Select(known => known.Id))} です。"));

    private static StudyRun Of(CourseContent course, List<StudyEvent> events, Session session, Learner learner, ILearnerStore store, IOpenJudge judge, TimeProvider time, bool isResumed)
    {
        // what the learner is shown of their gaps is what they were when the session began, also after a pause
        int begun = events.FindLastIndex(happened => happened is SessionStarted started && string.Equals(started.Session, session.Id, StringComparison.Ordinal));
        return new StudyRun(session, learner, LearnerState.Of(course, events), LearnerState.Of(course, events.Take(begun)), store, judge, time, isResumed);
    }

    private static ulong SeedOf(Learner learner, string session, int run) =>
        new RandomSource(BitConverter.ToUInt64(learner.Id.ToByteArray())).Split(session).Split((ulong)run).Bits(0);

    private ulong SeedOf(Question question) => new RandomSource(progress.Seed).Split(question.Id).Bits(0);

    private QuestionAnswered Answered(QuestionView view, GivenAnswer answer, Judgement judgement) =>
        new(Session.Id, view.Question.Id, view.Seed, answer, AnswerText.Of(view, answer, Session.Language), judgement, SecondsOnStep) { At = time.GetUtcNow() };

    private MeasuredPrediction? Compared(PredictQuestion question)
    {
        if (!progress.Measured.TryGetValue(question.Experiment, out ExperimentMeasured? measured) || !measured.Figures.TryGetValue($"{question.Claim}@{question.Subject}", out double figure))
        {
            return null;
        }

        double? predicted = Answer(question)?.Answer is GivenNumber number ? number.Value : null;
        return new MeasuredPrediction(question, predicted, figure, predicted is { } value ? QuestionJudge.Closeness(question, value, figure) : 0);
    }

    private IEnumerable<StudyStep> StepsOf(Section section, LearnerState before)
    {
        bool isFirst = true;
        foreach (Block block in section.Blocks.SelectMany(block => Shown(block, before)))
        {
            yield return new StudyStep(section, block, isFirst);
            isFirst = false;
        }
    }

    private IEnumerable<Block> Shown(Block block, LearnerState before)
    {
        if (block is not WhenBlock when)
        {
            return [block];
        }

        ConceptStanding standing = before.Standing(when.Concept);
        bool applies = when.States.Contains(standing.State) && (when.Misconception is null || string.Equals(when.Misconception, standing.Misconception, StringComparison.Ordinal));
        return applies
            ? when.Inner.SelectMany(inner => Shown(inner is TextBlock text ? text with { Markdown = Placeholders.FillStanding(text.Markdown, standing, before.Course.Concepts, Session.Language) } : inner, before))
            : [];
    }

    private async Task AddAsync(StudyEvent happened, CancellationToken cancellation)
    {
        await store.AppendAsync(Learner.Id, happened, cancellation).ConfigureAwait(false);
        State.Apply(happened);
    }
}
