using System.Text;
using CsCheck;
using Fukami.Lab;
using Microsoft.Data.Sqlite;

namespace Fukami.Course.Tests;

public sealed class LearnerStoreTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<StoreKind> Kinds => [StoreKind.Sqlite, StoreKind.Postgres];

    private static StudyEvent[] OneOfEach =>
    [
        new BaselineStarted(ulong.MaxValue) { At = Noon },
        new QuestionAnswered("baseline", "base-residual-1", 7, new ChosenOptions(["a", "b"]), "「足し合わせる」", new Judgement(Outcome.Wrong, 0, "no-skip-is-slower"), 12.5) { At = Noon },
        new QuestionAnswered("s", "q", 7, new GivenNumber(-1.5), "−1.5", new Judgement(Outcome.Right, 1), 3) { At = Noon },
        new QuestionAnswered("s", "q", 7, new GivenOrder([2, 0, 1]), "…", new Judgement(Outcome.Partly, 0.5), 3) { At = Noon },
        new QuestionAnswered("s", "q", 7, new GivenText("a \"quoted\" 'text' ; DROP TABLE events; 😀"), "…", new Judgement(Outcome.Partly, 0.5, null, [new PointFinding("p", true, "text", false)]), 3) { At = Noon },
        new QuestionAnswered("s", "q", 7, new DoesNotKnow(), "", new Judgement(Outcome.Unknown, 0), 3) { At = Noon },
        new QuestionAnswered("s", "q", 7, new KnewOnce(), "", new Judgement(Outcome.Forgotten, 0), 3) { At = Noon },
        new QuestionAnswered("s", "q", 7, new Skipped(), "", Judgement.None, 3) { At = Noon },
        new BaselineFinished { At = Noon },
        new SessionStarted("s", 1, 9) { At = Noon },
        new StepReached("s", "block", 12.25) { At = Noon.AddTicks(10) },
        new JudgementOverruled("s", "q", new Judgement(Outcome.Right, 1)) { At = Noon },
        new ExperimentMeasured("s", "b", "gradient-flow", new Dictionary<string, string>(StringComparer.Ordinal) { ["depth"] = "12" }, new Dictionary<string, double>(StringComparer.Ordinal) { ["c@none"] = 1e-30 }, new Dictionary<string, string>(StringComparer.Ordinal) { ["c@none"] = "supported" }, "sha256:0") { At = Noon },
        new LabRun("gradient-flow", new Dictionary<string, string>(StringComparer.Ordinal) { ["depth"] = "24" }, new Dictionary<string, double>(StringComparer.Ordinal) { ["c@none"] = 1e-30 }, new Dictionary<string, string>(StringComparer.Ordinal) { ["c@none"] = "supported" }, "sha256:0", 0.8) { At = Noon },
        new FeedbackGiven("s", "doubt", "二行の\n感想") { At = Noon },
        new SessionFinished("s", 3000) { At = Noon },
        new ConsentChanged(true, "http://localhost:11434") { At = Noon },
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_kind_of_event_comes_back_as_it_was(StoreKind kind)
    {
        await using StoreFixture fixture = await StoreFixture.OfAsync(kind);
        LearnerStore store = await fixture.OpenAsync();
        Learner learner = await store.AddAsync("Aki", "engineer", "reading group", Language.Japanese, TestContext.Current.CancellationToken);
        foreach (StudyEvent happened in OneOfEach)
        {
            await store.AppendAsync(learner.Id, happened, TestContext.Current.CancellationToken);
        }

        LearnerStore later = await fixture.OpenAsync();
        IReadOnlyList<StudyEvent> read = await later.ReadAsync(learner.Id, TestContext.Current.CancellationToken);
        Assert.Equal(OneOfEach.Select(EventJson.Write), read.Select(EventJson.Write));
        Assert.Equal(OneOfEach.Select(happened => happened.At), read.Select(happened => happened.At));
        Learner found = Assert.Single(await later.ListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("Aki", "engineer", "reading group", Language.Japanese), (found.Name, found.Role, found.Group, found.Language));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Learners_do_not_see_each_other_and_one_can_go(StoreKind kind)
    {
        await using StoreFixture fixture = await StoreFixture.OfAsync(kind);
        LearnerStore store = await fixture.OpenAsync();
        Learner one = await store.AddAsync("One", "", "", Language.English, TestContext.Current.CancellationToken);
        Learner other = await store.AddAsync("Other", "", "", Language.English, TestContext.Current.CancellationToken);
        await store.AppendAsync(one.Id, new BaselineFinished { At = Noon }, TestContext.Current.CancellationToken);
        await store.AppendAsync(other.Id, new FeedbackGiven("s", "wish", "more") { At = Noon }, TestContext.Current.CancellationToken);
        Assert.IsType<BaselineFinished>(Assert.Single(await store.ReadAsync(one.Id, TestContext.Current.CancellationToken)));
        await store.DeleteAsync(one.Id, TestContext.Current.CancellationToken);
        Assert.Empty(await store.ReadAsync(one.Id, TestContext.Current.CancellationToken));
        Assert.Null(await store.FindAsync(one.Id, TestContext.Current.CancellationToken));
        Assert.Single(await store.ReadAsync(other.Id, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<CourseException>(() => store.AppendAsync(one.Id, new BaselineFinished { At = Noon }, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Two_that_write_at_once_lose_nothing(StoreKind kind)
    {
        await using StoreFixture fixture = await StoreFixture.OfAsync(kind);
        LearnerStore first = await fixture.OpenAsync();
        LearnerStore second = await fixture.OpenAsync();
        Learner learner = await first.AddAsync("Aki", "", "", Language.English, TestContext.Current.CancellationToken);
        await Task.WhenAll(((LearnerStore[])[first, second]).SelectMany(store => Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < 20; i++)
            {
                await store.AppendAsync(learner.Id, new StepReached("s", "b", i) { At = Noon }, TestContext.Current.CancellationToken);
            }
        }))));
        Assert.Equal(80, (await first.ReadAsync(learner.Id, TestContext.Current.CancellationToken)).Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_name_is_taken_only_once_and_can_be_changed(StoreKind kind)
    {
        await using StoreFixture fixture = await StoreFixture.OfAsync(kind);
        LearnerStore store = await fixture.OpenAsync();
        Learner learner = await store.AddAsync(" Aki ", "", "", Language.English, TestContext.Current.CancellationToken);
        Assert.Equal("Aki", learner.Name);
        CourseException taken = await Assert.ThrowsAsync<CourseException>(() => store.AddAsync("Aki", "", "", Language.English, TestContext.Current.CancellationToken));
        Assert.Contains("Aki", taken.Message, StringComparison.Ordinal);
        await store.UpdateAsync(learner with { Name = "Aki T.", Language = Language.Japanese }, TestContext.Current.CancellationToken);
        Assert.Equal(Language.Japanese, (await store.FindAsync(learner.Id, TestContext.Current.CancellationToken))!.Language);
        await store.AddAsync("Aki", "", "", Language.English, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("two\nlines")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789x")]
    public async Task A_name_that_is_none_is_refused(string name)
    {
        await using StoreFixture fixture = await StoreFixture.OfAsync(StoreKind.Sqlite);
        LearnerStore store = await fixture.OpenAsync();
        await Assert.ThrowsAsync<CourseException>(() => store.AddAsync(name, "", "", Language.English, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_database_of_a_newer_version_is_refused_and_left_alone(StoreKind kind)
    {
        await using StoreFixture fixture = await StoreFixture.OfAsync(kind);
        await fixture.OpenAsync();
        await using (var context = new LearnerContext(fixture.Address))
        {
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(context.Database, "INSERT INTO schema_version (version) VALUES (99)", TestContext.Current.CancellationToken);
        }

        CourseException error = await Assert.ThrowsAsync<CourseException>(() => fixture.OpenAsync());
        Assert.Contains("99", error.Message, StringComparison.Ordinal);
        Assert.Contains("newer Fukami", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named_and_left_as_it_is()
    {
        await using StoreFixture fixture = await StoreFixture.OfAsync(StoreKind.Sqlite);
        Directory.CreateDirectory(Path.GetDirectoryName(fixture.Address.Place)!);
        string text = string.Concat(Enumerable.Repeat("This is a letter. ", 100));
        await File.WriteAllTextAsync(fixture.Address.Place, text, TestContext.Current.CancellationToken);
        CourseException error = await Assert.ThrowsAsync<CourseException>(() => fixture.OpenAsync());
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(fixture.Address.Place, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        string file = Path.GetTempFileName();
        CourseException error = await Assert.ThrowsAsync<CourseException>(() => LearnerStore.OpenAsync(StoreAddress.InFolder(Path.Combine(file, "data")), cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("cannot be written", error.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task A_disk_that_is_full_is_said_and_what_was_kept_stays()
    {
        await using StoreFixture fixture = await StoreFixture.OfAsync(StoreKind.Sqlite);
        LearnerStore store = await fixture.OpenAsync();
        Learner learner = await store.AddAsync("Aki", "", "", Language.English, TestContext.Current.CancellationToken);
        await store.AppendAsync(learner.Id, new FeedbackGiven("s", "wish", "kept") { At = Noon }, TestContext.Current.CancellationToken);
        CourseException error = await Assert.ThrowsAsync<CourseException>(() => StoreErrors.GuardAsync(fixture.Address, Full));
        Assert.Contains("no room left", error.Message, StringComparison.Ordinal);
        Assert.Single(await store.ReadAsync(learner.Id, TestContext.Current.CancellationToken));

        // the database's own limit on pages stands for the disk's
        async Task<bool> Full()
        {
            await using var connection = new SqliteConnection($"Data Source={fixture.Address.Place}");
            await connection.OpenAsync();
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA max_page_count=1";
            await command.ExecuteScalarAsync();
            command.CommandText = "INSERT INTO events (learner, number, json) SELECT id, 1000, hex(zeroblob(4000000)) FROM learners;";
            await command.ExecuteNonQueryAsync();
            return true;
        }
    }

    [Fact]
    public void The_address_is_the_folder_then_the_database_then_the_users_own()
    {
        Assert.Equal(StoreKind.Sqlite, StoreAddress.Of("/tmp/x", _ => "given").Kind);
        Assert.Equal(new StoreAddress(StoreKind.Postgres, "Host=db"), StoreAddress.Of(null, name => name == StoreAddress.DatabaseVariable ? "Host=db" : null));
        Assert.Equal(Path.GetFullPath("/data/f/fukami.db"), StoreAddress.Of(null, name => name == StoreAddress.FolderVariable ? "/data/f" : null).Place);
        Assert.EndsWith(Path.Combine("fukami", "fukami.db"), StoreAddress.Of(null, _ => null).Place, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_learner_moves_to_another_database_with_everything(StoreKind kind)
    {
        await using StoreFixture from = await StoreFixture.OfAsync(StoreKind.Sqlite);
        await using StoreFixture to = await StoreFixture.OfAsync(kind);
        LearnerStore source = await from.OpenAsync();
        LearnerStore target = await to.OpenAsync();
        Learner learner = await source.AddAsync("Aki", "engineer", "", Language.Japanese, TestContext.Current.CancellationToken);
        foreach (StudyEvent happened in OneOfEach)
        {
            await source.AppendAsync(learner.Id, happened, TestContext.Current.CancellationToken);
        }

        using var file = new MemoryStream();
        await LearnerTransfer.ExportAsync(source, learner.Id, file, TestContext.Current.CancellationToken);
        file.Position = 0;
        Learner moved = await LearnerTransfer.ImportAsync(target, file, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((learner.Id, "Aki", Language.Japanese), (moved.Id, moved.Name, moved.Language));
        Assert.Equal(
            (await source.ReadAsync(learner.Id, TestContext.Current.CancellationToken)).Select(EventJson.Write),
            (await target.ReadAsync(moved.Id, TestContext.Current.CancellationToken)).Select(EventJson.Write));
        file.Position = 0;
        CourseException again = await Assert.ThrowsAsync<CourseException>(() => LearnerTransfer.ImportAsync(target, file, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("here already", again.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_change_of_an_exported_file_is_read_or_refused_in_one_sentence()
    {
        await using StoreFixture fixture = await StoreFixture.OfAsync(StoreKind.Sqlite);
        LearnerStore store = await fixture.OpenAsync();
        Learner learner = await store.AddAsync("Aki", "engineer", "", Language.English, TestContext.Current.CancellationToken);
        foreach (StudyEvent happened in OneOfEach)
        {
            await store.AppendAsync(learner.Id, happened, TestContext.Current.CancellationToken);
        }

        using var file = new MemoryStream();
        await LearnerTransfer.ExportAsync(store, learner.Id, file, TestContext.Current.CancellationToken);
        await store.DeleteAsync(learner.Id, TestContext.Current.CancellationToken);
        byte[] sound = file.ToArray();
        await Gen.Select(Gen.Int[0, sound.Length - 1], Gen.Byte, Gen.Int[0, 2]).SampleAsync(
            async (place, value, how) =>
            {
                byte[] mutated = how switch { 0 => [.. sound[..place], value, .. sound[(place + 1)..]], 1 => sound[..place], _ => [.. sound[..place], value, .. sound[place..]] };
                try
                {
                    Learner read = await LearnerTransfer.ImportAsync(store, new MemoryStream(mutated));
                    await store.ReadAsync(read.Id);
                    await store.DeleteAsync(read.Id);
                }
                catch (CourseException e)
                {
                    Assert.DoesNotContain('\n', e.Message);
                }
            },
            iter: 150,
            threads: 1);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"format":"fukami-learner","version":2}""")]
    [InlineData("""{"format":"something","version":1,"id":"00000000-0000-0000-0000-000000000001","name":"x","role":"","group":"","language":"en","created":"2026-01-01T00:00:00Z","events":[]}""")]
    [InlineData("""{"format":"fukami-learner","version":1,"id":"00000000-0000-0000-0000-000000000001","name":"x","role":"","group":"","language":"en","created":"2026-01-01T00:00:00Z","events":[null]}""")]
    [InlineData("""{"format":"fukami-learner","version":1,"id":"00000000-0000-0000-0000-000000000001","name":"x","role":"","group":"","language":"en","created":"2026-01-01T00:00:00Z","events":[{"event":"tomorrow","at":"2026-01-01T00:00:00Z"}]}""")]
    public async Task A_file_that_is_no_learner_adds_nobody(string text)
    {
        await using StoreFixture fixture = await StoreFixture.OfAsync(StoreKind.Sqlite);
        LearnerStore store = await fixture.OpenAsync();
        await Assert.ThrowsAsync<CourseException>(() => LearnerTransfer.ImportAsync(store, new MemoryStream(Encoding.UTF8.GetBytes(text)), cancellation: TestContext.Current.CancellationToken));
        Assert.Empty(await store.ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void What_was_answered_wrongly_comes_back_first_and_predictions_never()
    {
        CourseContent course = CourseFolder.Open(CourseFolder.Shipped);
        StudyEvent[] events =
        [
            new QuestionAnswered("baseline", "base-residual-1", 1, new ChosenOptions(["b"]), "", new Judgement(Outcome.Right, 1), 1) { At = Noon },
            new QuestionAnswered("baseline", "base-batch-1", 1, new DoesNotKnow(), "", new Judgement(Outcome.Unknown, 0), 1) { At = Noon },
            new QuestionAnswered("residual-and-normalization", "predict-word", 1, new GivenNumber(1), "", Judgement.None, 1) { At = Noon },
            new QuestionAnswered("residual-and-normalization", "why-deep", 1, new GivenText("x"), "", Judgement.None, 1) { At = Noon },
            new JudgementOverruled("residual-and-normalization", "why-deep", new Judgement(Outcome.Partly, 0.5)) { At = Noon },
        ];
        ReviewSchedule schedule = ReviewSchedule.Of(course, events);
        Assert.Equal(["base-residual-1", "base-batch-1", "why-deep"], schedule.Cards.Select(card => card.Question));
        Assert.Empty(schedule.Due(Noon));
        Assert.Equal("base-batch-1", schedule.Due(Noon.AddDays(30))[0].Question);
        Assert.Equal("batch-noise", schedule.Evidence("base-batch-1", Language.English)?.Experiment.Id);
    }
}
