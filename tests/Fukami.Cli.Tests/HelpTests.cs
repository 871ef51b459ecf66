namespace Fukami.Cli.Tests;

public sealed class HelpTests
{
    public static TheoryData<string> Commands =>
    [
        "", "experiment", "experiment list", "experiment show", "experiment run", "train", "generate", "bench", "completion",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_help_within_80_columns_in_both_languages(string command)
    {
        string[] arguments = [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"];
        CommandRun english = CommandRun.Of(arguments), japanese = CommandRun.InJapanese(arguments);
        Assert.Equal(0, english.ExitCode);
        Assert.Empty(english.Error);
        Assert.Contains($"fukami {command}".TrimEnd(), english.Out, StringComparison.Ordinal);
        Assert.Contains("使い方:", japanese.Out, StringComparison.Ordinal);
        Assert.All((english.Out + japanese.Out).Split('\n'), line => Assert.True(DisplayWidth.Of(line) <= 80, line));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_commands_help_shows_an_example(string command)
    {
        string[] arguments = [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"];
        Assert.Contains("Examples:", CommandRun.Of(arguments).Out, StringComparison.Ordinal);
        Assert.Contains("例:", CommandRun.InJapanese(arguments).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Japanese_help_has_no_English_description_left()
    {
        foreach (string command in Commands.Select(c => c.Data))
        {
            string[] arguments = [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"];
            Assert.DoesNotContain(" the ", CommandRun.InJapanese(arguments).Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Without_arguments_the_help_is_shown()
    {
        CommandRun run = CommandRun.Of();
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("experiment", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_shown()
    {
        CommandRun run = CommandRun.Of("--version");
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", run.Out);
    }

    [Fact]
    public void Help_of_training_lists_the_settings_of_model_and_training()
    {
        string help = CommandRun.Of("train", "--help").Out;
        Assert.Contains("residual=pre", help, StringComparison.Ordinal);
        Assert.Contains("learning_rate=0.001", help, StringComparison.Ordinal);
    }
}
