using Fukami.Lab;

namespace Fukami.Course.Tests;

public sealed class StudyRunTests
{
    private static readonly CourseContent Course = CourseFolder.Open(CourseFolder.Shipped);
    private static readonly FixedJudge Judge = new();

    private readonly MemoryStore store = new();
    private readonly StoppedClock clock = new();

    [Theory]
    [InlineData("residual-and-normalization", Language.English)]
    [InlineData("residual-and-normalization", Language.Japanese)]
    [InlineData("query-key-value", Language.English)]
    [InlineData("query-key-value", Language.Japanese)]
    public async Task A_session_goes_from_its_first_block_to_its_last(string session, Language language)
    {
        StudyRun run = await Begin(session, language);
        int seen = 1;
        while (await run.NextAsync(TestContext.Current.CancellationToken))
        {
            seen++;
        }

        Assert.Equal(run.Steps.Count, seen);
        Assert.True(run.IsFinished);
        Assert.DoesNotContain(run.Steps, step => step.Block is WhenBlock);
    }

    [Fact]
    public async Task A_session_that_was_left_goes_on_at_the_same_step_with_the_same_numbers()
    {
        StudyRun run = await Begin("residual-and-normalization", Language.English);
        int at = run.Steps.ToList().FindIndex(step => step.Block is NumberQuestion);
        await run.GoToAsync(at, TestContext.Current.CancellationToken);
        QuestionView view = run.View((Question)run.Current.Block);
        StudyRun again = await Begin("residual-and-normalization", Language.English);
        Assert.True(again.IsResumed);
        Assert.Equal(at, again.Index);
        Assert.Equal(view.Prompt, again.View((Question)again.Current.Block).Prompt);
    }

    [Fact]
    public async Task A_session_that_is_begun_anew_asks_other_numbers()
    {
        StudyRun run = await Begin("residual-and-normalization", Language.English);
        var question = run.Session.Questions.OfType<NumberQuestion>().First();
        StudyRun again = await StudyRun.BeginAsync(Course, store, run.Learner, run.Session.Id, Judge, clock, anew: true, TestContext.Current.CancellationToken);
        Assert.NotEqual(run.View(question).Prompt, again.View(question).Prompt);
    }

    [Fact]
    public async Task Time_counts_while_a_step_is_read_and_stops_when_the_learner_is_gone()
    {
        StudyRun run = await Begin("residual-and-normalization", Language.English);
        clock.Advance(TimeSpan.FromSeconds(40));
        await run.NextAsync(TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromHours(3));
        await run.NextAsync(TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromSeconds(40 + 600), run.Elapsed);
        StudyRun again = await Begin("residual-and-normalization", Language.English);
        Assert.Equal(TimeSpan.FromSeconds(40 + 600), again.Elapsed);
    }

    [Fact]
    public async Task A_gap_of_the_baseline_test_is_named_in_the_opening_with_the_learners_answer()
    {
        Learner learner = await store.AddAsync("Aki", "", "", Language.English, TestContext.Current.CancellationToken);
        var question = (ChoiceQuestion)Course.Question("base-residual-1", Language.English)!;
        var judgement = QuestionJudge.Judge(QuestionView.Of(question, 1), new ChosenOptions(["a"]));
        await store.AppendAsync(learner.Id, new BaselineStarted(1) { At = clock.GetUtcNow() }, TestContext.Current.CancellationToken);
        await store.AppendAsync(learner.Id, new QuestionAnswered("baseline", question.Id, 1, new ChosenOptions(["a"]), question.Options[0].Text, judgement, 3) { At = clock.GetUtcNow() }, TestContext.Current.CancellationToken);
        StudyRun run = await StudyRun.BeginAsync(Course, store, learner, "residual-and-normalization", Judge, clock, cancellation: TestContext.Current.CancellationToken);
        Assert.Contains(run.Steps, step => step.Block is TextBlock text && text.Markdown.Contains(question.Options[0].Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_experiment_answers_its_prediction_and_its_figures_enter_the_text()
    {
        StudyRun run = await Begin("query-key-value", Language.English);
        var block = run.Session.AllBlocks.OfType<ExperimentBlock>().Single();
        string closing = run.Session.Sections[^1].Blocks.OfType<TextBlock>().First().Markdown;
        Assert.Contains("differ by —", run.Fill(closing), StringComparison.Ordinal);
        Report report = await run.MeasureAsync(block, cancellation: TestContext.Current.CancellationToken);
        Assert.All(block.Expect, expected => Assert.Equal(expected.Value, SessionExperiment.VerdictOf(report, expected.Key)?.Name()));
        Assert.DoesNotContain("{{", run.Fill(closing), StringComparison.Ordinal);
        Assert.DoesNotContain("—", run.Fill(closing), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_in_words_is_kept_before_it_is_judged()
    {
        StudyRun run = await Begin("residual-and-normalization", Language.English);
        OpenQuestion question = run.Session.Questions.OfType<OpenQuestion>().First();
        Judge.Fails = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => run.AnswerAsync(question, new GivenText("because"), TestContext.Current.CancellationToken));
        Judge.Fails = false;
        StudyRun again = await Begin("residual-and-normalization", Language.English);
        Assert.Equal("because", again.Answer(question)!.Shown);
        await again.AnswerAsync(question, new GivenText("because of the skip"), TestContext.Current.CancellationToken);
        Assert.Equal(Outcome.Partly, again.Answer(question)!.Judgement.Outcome);
        await again.OverruleAsync(question, new Judgement(Outcome.Right, 1), TestContext.Current.CancellationToken);
        Assert.Equal(Outcome.Right, (await Begin("residual-and-normalization", Language.English)).Answer(question)!.Judgement.Outcome);
    }

    private async Task<StudyRun> Begin(string session, Language language)
    {
        Learner learner = (await store.ListAsync(TestContext.Current.CancellationToken)).FirstOrDefault(known => known.Language == language)
            ?? await store.AddAsync("Aki", "engineer", "", language, TestContext.Current.CancellationToken);
        return await StudyRun.BeginAsync(Course, store, learner, session, Judge, clock, cancellation: TestContext.Current.CancellationToken);
    }

    private sealed class FixedJudge : IOpenJudge
    {
        public bool Fails { get; set; }

        public Task<Judgement> JudgeAsync(OpenQuestion question, string answer, Language language, CancellationToken cancellation = default) =>
            Fails ? throw new InvalidOperationException("the judge fails") : Task.FromResult(new Judgement(Outcome.Partly, 0.5));
    }

    private sealed class StoppedClock : TimeProvider
    {
        private TimeSpan passed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan by) => passed += by;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + passed;

        public override long GetTimestamp() => passed.Ticks;
    }
}
