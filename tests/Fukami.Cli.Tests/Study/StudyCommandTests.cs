using Fukami.Lab;

namespace Fukami.Cli.Tests;

public sealed class StudyCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_new_learner_is_asked_who_they_are_and_then_tested()
    {
        CommandRun run = Type("Aki\nengineer\nAI group\nen\n\nd\n");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("Question 2", run.Out, StringComparison.Ordinal);
        Assert.Contains("Paused behind question 1", run.Out, StringComparison.Ordinal);
        Assert.Contains("You go on behind question 1", Type("").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_learner_who_chooses_Japanese_reads_Japanese()
    {
        CommandRun run = Type("アキ\n\n\nja\n\nq\n");
        Assert.Contains("第 1 問", run.Out, StringComparison.Ordinal);
        Assert.Contains("こんにちは、アキさん。", Type("").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finished_test_shows_its_result_and_the_plan_quotes_the_learners_answer()
    {
        CommandRun run = Type("Aki\n\n\nen\n\n" + string.Concat(Enumerable.Repeat("k\n", 20)) + "q\n");
        Assert.Contains("You knew once", run.Out, StringComparison.Ordinal);
        Assert.Contains("you said that you knew it once", run.Out, StringComparison.Ordinal);
        string path = folder["plan.md"];
        Assert.Equal(ExitCode.Success, Type("", "--plan", "--out", path).ExitCode);
        string plan = File.ReadAllText(path);
        Assert.StartsWith("# Study plan", plan, StringComparison.Ordinal);
        Assert.Contains("- **Learner**: Aki", plan, StringComparison.Ordinal);
        Assert.Contains("## 1. Residual connections and layer normalization", plan, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_goes_on_at_the_step_at_which_the_input_ended()
    {
        Begin();
        CommandRun first = Type("\n\nb\n", "1");
        Assert.Contains("step 3/", first.Out, StringComparison.Ordinal);
        CommandRun again = Type("q\n");
        Assert.Contains("You go on where you stopped", again.Out, StringComparison.Ordinal);
        Assert.Contains("step 2/", again.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("step 3/", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_session_is_studied_summed_up_and_comes_back_in_reviews()
    {
        Begin();
        CommandRun run = Type(Session(), "1");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("How it went", run.Out, StringComparison.Ordinal);
        Assert.Contains("Next in your plan", run.Out, StringComparison.Ordinal);
        Assert.Contains("✗", run.Out, StringComparison.Ordinal);
        Assert.Contains("“The skip path carries the gradient past the sublayers”", run.Out, StringComparison.Ordinal);
        Assert.Contains("finished in", Type("", "--list").Out, StringComparison.Ordinal);
        CommandRun review = Type("d\nd\nd\nd\nd\nd\nd\nd\nd\nd\nd\nd\n", "--review", "--now", "2099-01-01");
        Assert.Contains("remembered", review.Out, StringComparison.Ordinal);
        Assert.Contains("Twice not remembered", review.Out, StringComparison.Ordinal);
        CommandRun next = Type("q\n", "2");
        Assert.Contains("“why one divides by √d”. The section “Why √d” takes it up.", next.Out.Replace('\n', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public void Experiments_can_be_run_with_other_settings_and_the_prediction_stands_beside_the_measurement()
    {
        Begin();
        string before = Until("predict-gradient", "en") + "0,5\n\n";
        CommandRun run = Type(before + "nonsense\ndepth=0\nseeds=1\n\nq\n", "1");
        Assert.Contains("“nonsense” is no setting", run.Out, StringComparison.Ordinal);
        Assert.Contains("Run with your settings", run.Out, StringComparison.Ordinal);
        Assert.Contains("predicted 0.5, measured 0.594", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void An_experiment_shows_the_claims_that_the_lesson_names_and_the_whole_report_on_request()
    {
        Begin();
        string typed = Until("predict-gradient", "en") + "0.5\n\n" + "\n" + "w\n" + "q\n";
        string[] parts = Type(typed, "1").Out.Split("the whole report ·");
        Assert.Equal(3, parts.Length); // behind the run, and behind the whole report
        string shown = parts[0][parts[0].IndexOf("gradient that reaches each layer", StringComparison.Ordinal)..];
        Assert.Contains("+ supported    none  0.594 [", shown, StringComparison.Ordinal);
        Assert.Contains("predicted 0.9 … 1.1", shown, StringComparison.Ordinal);
        Assert.Contains("A normalization stands on the skip path after every sublayer", shown.ReplaceLineEndings(" ").Replace("     ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("deepnorm  1.0", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("last-layer-scaling", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("sha256:", shown, StringComparison.Ordinal);
        Assert.Contains("last-layer-scaling", parts[1], StringComparison.Ordinal);
        Assert.Contains("sha256:", parts[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("study", "--plan", "--review")]
    [InlineData("study", "1", "--list")]
    [InlineData("study", "--out", "x.md")]
    public void Ways_that_exclude_each_other_are_refused(params string[] arguments)
    {
        CommandRun run = CommandRun.Typing(Language.English, "", [.. arguments, "--data", folder.Path]);
        Assert.Equal(ExitCode.BadArguments, run.ExitCode);
        Assert.Equal("", run.Out);
    }

    [Fact]
    public void A_session_that_is_not_there_is_refused_with_those_that_are()
    {
        Begin();
        CommandRun run = Type("", "7");
        Assert.Equal(ExitCode.BadArguments, run.ExitCode);
        Assert.Contains("1 (residual-and-normalization)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_learner_can_be_taken_out_deleted_and_brought_in_again()
    {
        Begin();
        Type("\n\nq\n", "1");
        string file = folder["aki.json"];
        Assert.Equal(ExitCode.Success, Type("", "--export", file).ExitCode);
        Assert.Contains("Nothing was deleted", Type("no\n", "--delete").Out, StringComparison.Ordinal);
        Assert.Contains("Deleted", Type("Aki\n", "--delete").Out, StringComparison.Ordinal);
        Assert.Contains("with everything", Type("", "--import", file).Out, StringComparison.Ordinal);
        Assert.Contains("step 3/", Type("q\n", "1").Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failure, Type("", "--import", file).ExitCode);
        Assert.Equal(ExitCode.Failure, Type("", "--import", folder["nothing.json"]).ExitCode);
    }

    [Fact]
    public async Task Ctrl_C_stops_what_took_it_and_then_the_command()
    {
        var interrupts = new Interrupts();
        Assert.False(interrupts.Signal());
        bool stopped = await interrupts.StoppableAsync(
            stop =>
            {
                Assert.True(interrupts.Signal());
                Assert.False(interrupts.Signal());
                return Task.FromResult(stop.IsCancellationRequested);
            },
            CancellationToken.None);
        Assert.True(stopped);
        Assert.False(interrupts.Signal());
    }

    public void Dispose() => folder.Dispose();

    private CommandRun Type(string typed, params string[] arguments) => CommandRun.Typing(Language.English, typed, ["study", .. arguments, "--data", folder.Path]);

    private void Begin() => Type("Aki\n\n\nen\nn\nq\n");

    // answers for each step of session 1 up to a block
    private static string Until(string block, string language) => StudyScript.Of("residual-and-normalization", language).TakeWhile(step => step.Block != block).Aggregate("", (typed, step) => typed + step.Typed);

    private static string Session() => string.Concat(StudyScript.Of("residual-and-normalization", "en").Select(step => step.Typed));
}
