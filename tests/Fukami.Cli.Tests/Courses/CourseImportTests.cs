using System.Text;
using Fukami.Course;

namespace Fukami.Cli.Tests;

/// <summary><c>fukami course import</c>, with documents as people have them.</summary>
public sealed class CourseImportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_document_becomes_a_session_and_what_is_left_to_fill_in_is_named_with_its_line()
    {
        CommandRun run = Import("lesson.md", Lesson(2));
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("1 section, 2 questions, 2 of them with an answer.", run.Out, StringComparison.Ordinal);
        Assert.Contains("4-many.md:5: Left for the author: goal.", run.Out, StringComparison.Ordinal);
        Assert.Contains("Because of 2", File.ReadAllText(folder["en/4-many.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_without_questions_is_taken_and_its_author_told()
    {
        CommandRun run = Import("text.md", "# Session 3: Words\n\nJust text.\n");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("1 section, 0 questions.", run.Out, StringComparison.Ordinal);
        Assert.Contains("no question that could be recognized", run.Out, StringComparison.Ordinal);
        Assert.Contains("Just text.", File.ReadAllText(folder["en/3-words.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_thousand_questions_come_in_and_only_the_first_places_to_fill_in_are_listed()
    {
        CommandRun run = Import("many.md", Lesson(1000));
        Assert.Contains("1000 questions, 1000 of them with an answer.", run.Out, StringComparison.Ordinal);
        Assert.Contains("more than a session of an hour holds", run.Out, StringComparison.Ordinal);
        Assert.True(run.Out.Split('\n').Length < 25);
        Assert.Contains("Because of 1000", File.ReadAllText(folder["en/4-many.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public void More_questions_than_a_document_may_ask_are_refused()
    {
        CommandRun run = Import("many.md", Lesson(SessionDocument.MaximumQuestions + 1));
        AssertRefused(run, SessionDocument.MaximumQuestions.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(10, 8000)]
    [InlineData(5000, 3)]
    public void A_huge_table_comes_in_whole(int columns, int rows)
    {
        string row = string.Concat(Enumerable.Repeat("|1.5", columns)) + "|\n";
        string table = row + string.Concat(Enumerable.Repeat("|---", columns)) + "|\n" + string.Concat(Enumerable.Repeat(row, rows));
        CommandRun run = Import("table.md", "# Session 5: Table\n\n## All\n\n" + table);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Equal(rows + 1, File.ReadAllLines(folder["en/5-table.md"]).Count(line => line.StartsWith("|1.5", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_file_that_is_no_UTF_8_is_refused_in_both_languages()
    {
        byte[] shiftJis = [.. "# "u8, 0x91, 0xE6, 0x33, 0x89, 0xF1, .. "\n"u8];
        File.WriteAllBytes(folder["sjis.md"], shiftJis);
        AssertRefused(CommandRun.Of("course", "import", folder["sjis.md"], "--out", folder.Path), "UTF-8");
        AssertRefused(CommandRun.InJapanese("course", "import", folder["sjis.md"], "--out", folder.Path), "UTF-8");
    }

    [Theory]
    [InlineData("empty.md", "", "is empty")]
    [InlineData("empty.gift", "", "is empty")]
    [InlineData("blank.md", "  \n\n", "")]
    public void A_file_without_content_is_refused(string name, string text, string said) => AssertRefused(Import(name, text), said);

    [Fact]
    public void A_file_that_is_too_large_is_refused_before_it_is_read()
    {
        using (FileStream large = File.Create(folder["large.md"]))
        {
            large.SetLength(100L << 20);
        }

        AssertRefused(CommandRun.Of("course", "import", folder["large.md"], "--out", folder.Path), "too many for a document");
    }

    [Fact]
    public void What_cannot_be_read_or_written_is_said_in_a_sentence()
    {
        AssertRefused(CommandRun.Of("course", "import", folder["missing.md"], "--out", folder.Path), "cannot be read");
        AssertRefused(CommandRun.Of("course", "import", folder.Path, "--out", folder.Path), "cannot be read");
        File.WriteAllText(folder["file"], "");
        File.WriteAllText(folder["lesson.md"], Lesson(1));
        AssertRefused(CommandRun.Of("course", "import", folder["lesson.md"], "--out", folder["file"]), "cannot be made");
        Assert.Equal(2, Directory.GetFileSystemEntries(folder.Path).Length);
    }

    [Fact]
    public void A_session_that_is_there_stays_as_it_is_without_force()
    {
        Import("lesson.md", Lesson(1));
        File.WriteAllText(folder["en/4-many.md"], "mine");
        AssertRefused(Import("lesson.md", Lesson(1)), "left as it was");
        Assert.Equal("mine", File.ReadAllText(folder["en/4-many.md"]));
        Assert.Equal(ExitCode.Success, CommandRun.Of("course", "import", folder["lesson.md"], "--out", folder.Path, "--force").ExitCode);
        Assert.NotEqual("mine", File.ReadAllText(folder["en/4-many.md"]));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("Große")]
    [InlineData("")]
    public void An_id_cannot_lead_out_of_the_course(string id)
    {
        File.WriteAllText(folder["lesson.md"], Lesson(1));
        AssertRefused(CommandRun.Of("course", "import", folder["lesson.md"], "--out", folder["course"], "--id", id), "is no id");
        Assert.False(Directory.Exists(folder["course"]));
    }

    [Fact]
    public void Questions_in_gift_become_a_session()
    {
        CommandRun run = Import("quiz.gift", "::Sum:: 1 + 1 = { ~1 =2 ~3 }\n\n::Why:: Why? {}\n");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("2 questions", run.Out, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private CommandRun Import(string name, string text)
    {
        File.WriteAllText(folder[name], text);
        return CommandRun.Of("course", "import", folder[name], "--out", folder.Path);
    }

    private static string Lesson(int questions)
    {
        var text = new StringBuilder("# Session 4: Many\n\n## One\n\n");
        for (int i = 1; i <= questions; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"**Q{i}**: What is {i}?\n- (A) one\n- (B) two\n\nAnswer: B\n\nExplanation: Because of {i}\n\n");
        }

        return text.ToString();
    }

    // one sentence on standard error, nothing else
    private static void AssertRefused(CommandRun run, string said)
    {
        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.DoesNotContain(" at Fukami", run.Error, StringComparison.Ordinal);
    }
}
