namespace Fukami.Cli.Tests;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("fukami ", "experiment")]
    [InlineData("fukami exp", "experiment")]
    [InlineData("fukami experiment run ", "gradient-flow")]
    [InlineData("fukami experiment run gradient-flow --set ", "depth=12")]
    [InlineData("fukami train --task ", "copy")]
    [InlineData("fukami bench --workload ", "probe12")]
    [InlineData("fukami --lang ", "ja")]
    public void The_shell_is_offered_commands_options_experiments_and_settings(string line, string offered)
    {
        CommandRun run = CommandRun.Of($"[suggest:{line.Length}]", line);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(offered, run.Out.Split('\n').Select(l => l.Trim()));
    }

    [Theory]
    [InlineData("bash", "complete -o default")]
    [InlineData("zsh", "compdef _fukami fukami")]
    public void The_script_for_a_shell_registers_the_completion(string shell, string line) =>
        Assert.Contains(line, CommandRun.Of("completion", shell).Out, StringComparison.Ordinal);
}
