using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Cli.Tests;

/// <summary><c>fukami course export</c>, in every form, for a learner and for nobody.</summary>
public sealed class CourseExportTests : IDisposable
{
    private const string Lesson = "residual-and-normalization";

    private static readonly CourseContent Course = CourseFolder.Open(CourseFolder.Shipped);

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("document", "# Session 1: Residual connections and layer normalization", "**Goal**")]
    [InlineData("html", "<!doctype html>", "<svg class=\"drawing\"")]
    [InlineData("print", "<!doctype html>", "class=\"answers\"")]
    [InlineData("gift", "$CATEGORY: ", "::")]
    public void Every_form_of_text_goes_to_standard_output_or_to_a_file_with_the_same_bytes(string form, string begins, string contains)
    {
        CommandRun run = CommandRun.Of("course", "export", "1", "--as", form);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.StartsWith(begins, run.Out, StringComparison.Ordinal);
        Assert.Contains(contains, run.Out, StringComparison.Ordinal);
        CommandRun written = CommandRun.Of("course", "export", Lesson, "--as", form, "--out", folder["file"]);
        Assert.Contains("session 1, “Residual connections and layer normalization”", written.Out, StringComparison.Ordinal);
        Assert.Equal(run.Out, File.ReadAllText(folder["file"]));
    }

    [Fact]
    public void Questions_for_other_systems_say_how_many_predictions_they_leave_out()
    {
        int predictions = Course.Session(Lesson, Language.English)!.Questions.Count(question => question is PredictQuestion);
        string expected = string.Create(CultureInfo.InvariantCulture, $"{predictions} predictions were left out");
        Assert.Contains(expected, CommandRun.Of("course", "export", "1", "--as", "gift", "--out", folder["q.gift"]).Out, StringComparison.Ordinal);
        Assert.Contains(expected, CommandRun.Of("course", "export", "1", "--as", "qti", "--out", folder["q.zip"]).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "en")]
    [InlineData(2, "ja")]
    public void A_qti_package_has_a_manifest_and_a_well_formed_item_for_each_question(int number, string language)
    {
        string path = folder["q.zip"];
        Assert.Equal(ExitCode.Success, CommandRun.Of("course", "export", number.ToString(CultureInfo.InvariantCulture), "--as", "qti", "--lang", language, "--out", path).ExitCode);
        using ZipArchive zip = ZipFile.OpenRead(path);
        string[] items = [.. zip.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("items/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        using Stream manifest = zip.GetEntry("imsmanifest.xml")!.Open();
        Assert.Equal(items, XDocument.Load(manifest).Descendants().Where(element => element.Name.LocalName == "resource").Select(resource => resource.Attribute("href")!.Value).Order(StringComparer.Ordinal));
        Session session = Course.Sessions(language == "ja" ? Language.Japanese : Language.English)[number - 1];
        Assert.Equal(session.Questions.Count(question => question is not PredictQuestion), items.Length);
        foreach (string item in items)
        {
            using Stream stream = zip.GetEntry(item)!.Open();
            Assert.Equal("assessmentItem", XDocument.Load(stream).Root!.Name.LocalName);
        }
    }

    [Fact]
    public void A_document_that_was_exported_can_be_imported()
    {
        CommandRun.Of("course", "export", "2", "--out", folder["two.md"]);
        CommandRun run = CommandRun.Of("course", "import", folder["two.md"], "--out", folder["course"]);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Session session = Course.Session("query-key-value", Language.English)!;
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{session.Sections.Count} sections, {session.Questions.Count()} questions"), run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("document")]
    [InlineData("html")]
    [InlineData("print")]
    public async Task A_copy_for_a_learner_shows_what_the_data_say_of_them(string form)
    {
        await StoreAsync("Aya", Language.English);
        CommandRun run = Export("--learner", "aya", "--as", form);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("Aya (engineer, readers)", run.Out, StringComparison.Ordinal);
        Assert.Contains("Residual connections: wrong", run.Out, StringComparison.Ordinal);
        Assert.Contains("It saves time", run.Out, StringComparison.Ordinal);
        Assert.Contains("my own words", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", form == "document" ? "" : run.Out, StringComparison.Ordinal);
        string other = CommandRun.Of("course", "export", "1", "--as", form).Out;
        Assert.DoesNotContain("Aya", other, StringComparison.Ordinal);
        Assert.DoesNotContain("It saves time", other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_is_in_the_language_that_the_learner_reads_unless_another_is_asked_for()
    {
        await StoreAsync("アヤ", Language.Japanese);
        Assert.Contains("第1回", Export("--learner", "アヤ").Out, StringComparison.Ordinal);
        Assert.Contains("Session 1", Export("--learner", "アヤ", "--lang", "en").Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_and_group_can_be_others_than_in_the_data()
    {
        await StoreAsync("Aya", Language.English);
        Assert.Contains("Aya (speaker, readers)", Export("--learner", "Aya", "--role", "speaker").Out, StringComparison.Ordinal);
        Assert.Contains("Aya (engineer)", Export("--learner", "Aya", "--group", "").Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_learner_is_refused_with_the_names_that_there_are()
    {
        await StoreAsync("Aya", Language.English);
        await StoreAsync("Ben", Language.English);
        AssertRefused(Export("--learner", "Cem"), "There is no learner “Cem”; there are: Aya, Ben.", ExitCode.Failure);
        AssertRefused(Export("--learner", ""), "there are: Aya, Ben.", ExitCode.Failure);
        AssertRefused(CommandRun.InJapanese("course", "export", "1", "--learner", "Cem", "--data", folder.Path), "登録されているのは Aya、Ben です。", ExitCode.Failure);
    }

    [Fact]
    public void Asking_for_a_learner_where_nobody_studied_makes_no_store()
    {
        AssertRefused(CommandRun.Of("course", "export", "1", "--learner", "Aya", "--data", folder["none"]), "does not exist", ExitCode.Failure);
        Assert.False(Directory.Exists(folder["none"]));
    }

    [Fact]
    public void A_damaged_store_is_refused_in_a_sentence()
    {
        File.WriteAllText(folder["fukami.db"], new string('x', 4096));
        AssertRefused(Export("--learner", "Aya"), "fukami.db", ExitCode.Failure);
    }

    [Theory]
    [InlineData("--as", "qti")]
    [InlineData("--as", "pdf")]
    [InlineData("--role", "speaker")]
    [InlineData("--as", "gift", "--learner", "Aya")]
    [InlineData("--as", "qti", "--learner", "Aya", "--out", "q.zip")]
    public void Options_that_do_not_go_together_are_refused(params string[] options) => AssertRefused(CommandRun.Of(["course", "export", "1", .. options]), "", ExitCode.BadArguments);

    [Fact]
    public void What_is_not_there_or_cannot_be_written_is_said_in_a_sentence()
    {
        AssertRefused(CommandRun.Of("course", "export", "9"), "There is no session “9”; there are: 1 residual-and-normalization, 2 query-key-value.", ExitCode.Failure);
        AssertRefused(CommandRun.Of("course", "export", "1", "--course", folder["none"]), "", ExitCode.Failure);
        AssertRefused(CommandRun.Of("course", "export", "1", "--out", folder["none/page.html"]), "does not exist", ExitCode.Failure);
        AssertRefused(CommandRun.Of("course", "export", "1", "--out", folder.Path), "is a folder", ExitCode.Failure);
        AssertRefused(CommandRun.Of("course", "export", "1", "--out", ""), "empty", ExitCode.Failure);
    }

    public void Dispose() => folder.Dispose();

    private CommandRun Export(params string[] options) => CommandRun.Of(["course", "export", "1", "--data", folder.Path, .. options]);

    private async Task StoreAsync(string name, Language language)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        LearnerStore store = await LearnerStore.OpenAsync(StoreAddress.InFolder(folder.Path), cancellation: stop);
        Learner learner = await store.AddAsync(name, "engineer", "readers", language, stop);
        DateTimeOffset at = DateTimeOffset.UnixEpoch;
        var wrong = new Judgement(Outcome.Wrong, 0);
        OpenQuestion open = Course.Session(Lesson, Language.English)!.Questions.OfType<OpenQuestion>().Last();
        foreach (StudyEvent happened in (StudyEvent[])
        [
            new BaselineStarted(1) { At = at },
            new QuestionAnswered(BaselineTest.Source, "base-residual-1", 1, new ChosenOptions(["a"]), "It saves time", wrong, 3) { At = at },
            new BaselineFinished { At = at },
            new SessionStarted(Lesson, 1, 7) { At = at },
            new QuestionAnswered(Lesson, open.Id, 1, new GivenText("my own words"), "my own words", Judgement.None, 3) { At = at },
        ])
        {
            await store.AppendAsync(learner.Id, happened, stop);
        }
    }

    private static void AssertRefused(CommandRun run, string said, int code)
    {
        Assert.Equal(code, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(" at Fukami", run.Error, StringComparison.Ordinal);
    }
}
