using Fukami.Lab;

namespace Fukami.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("generate --model /nowhere --prompt a", "/nowhere")]
    [InlineData("experiment run gradient-flow --set depth=0", "1 to 1000")]
    [InlineData("experiment run gradient-flow --set depth", "NAME=VALUE")]
    [InlineData("experiment run gradient-flow --set", "--set needs a value")]
    [InlineData("experiment run gradient-flow --set widht=3", "width")]
    [InlineData("experiment run gradient-flow --set width=30", "heads")]
    [InlineData("experiment run gradient-flow --seeds none", "seeds")]
    [InlineData("experiment run gradient-flow --seed -1", "seed")]
    [InlineData("experiment run gradient-flow --json - --csv -", "--json and --csv")]
    [InlineData("experiment run gradient-flow --plot plot.pdf", ".svg or .png")]
    [InlineData("experiment run gradient-flow --jsno x", "--json")]
    [InlineData("experiment run gradient-flwo", "gradient-flow")]
    [InlineData("experiment run", "ID is missing")]
    [InlineData("experiment", "list, show, run")]
    [InlineData("experimnet list", "did you mean experiment")]
    [InlineData("experiment list --lang fr", "en, ja")]
    [InlineData("experiment list --threads many", "1 to 1024")]
    [InlineData("experiment list --threads 0", "1 to 1024")]
    [InlineData("experiment list --threads 1025", "1 to 1024")]
    [InlineData("train --text a.txt", "--out DIR")]
    [InlineData("train --out x", "--text FILE or --task NAME")]
    [InlineData("train --out x --task copy --text a.txt", "not both")]
    [InlineData("train --out x --task juggle", "copy")]
    [InlineData("train --out x --task copy --set depth=x", "depth")]
    [InlineData("train --out x --task copy --set colour=red", "colour")]
    [InlineData("train --out x --task copy --set learning_rate=fast", "learning_rate")]
    [InlineData("generate --prompt a", "--model DIR")]
    [InlineData("generate --model a", "--prompt TEXT")]
    [InlineData("generate --model a --prompt b --temperature hot", "temperature")]
    [InlineData("generate --model a --prompt b --seed x", "--seed")]
    [InlineData("bench --workload marathon", "probe12")]
    [InlineData("bench --seconds 0", "--seconds")]
    [InlineData("completion fish", "bash and zsh")]
    public void Wrong_arguments_give_exit_code_2_and_one_sentence_that_says_what_to_do(string line, string says)
    {
        foreach (Language language in (Language[])[Language.English, Language.Japanese])
        {
            CommandRun run = CommandRun.Of(language, CancellationToken.None, line.Split(' '));
            Assert.Equal(2, run.ExitCode);
            Assert.Empty(run.Out);
            string sentence = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.StartsWith("fukami: ", sentence, StringComparison.Ordinal);
            if (language == Language.English)
            {
                Assert.Contains(says, sentence, StringComparison.Ordinal);
                Assert.Matches(@"[.?]$", sentence);
            }
        }
    }

    [Theory]
    [InlineData("experiment run gradient-flow --json /nowhere/report.json", "/nowhere")]
    [InlineData("experiment run gradient-flow --csv /", "is a folder")]
    [InlineData("experiment run gradient-flow --set model=/nowhere", "/nowhere")]
    [InlineData("train --text /nowhere/text.txt --out /tmp/never", "/nowhere/text.txt")]
    public void A_failure_gives_exit_code_1_and_one_sentence(string line, string says)
    {
        CommandRun run = CommandRun.Of(line.Split(' '));
        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.Contains(says, Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_trace_is_shown_only_when_asked_for()
    {
        Assert.DoesNotContain("   at ", CommandRun.Of("generate", "--model", "/nowhere", "--prompt", "a").Error, StringComparison.Ordinal);
        Assert.Contains("   at ", CommandRun.Of("generate", "--model", "/nowhere", "--prompt", "a", "--debug").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ja_JP.UTF-8", null, Language.Japanese)]
    [InlineData("en_US.UTF-8", null, Language.English)]
    [InlineData("en_US.UTF-8", "ja", Language.Japanese)]
    [InlineData("ja_JP.UTF-8", "en", Language.English)]
    [InlineData(null, null, Language.English)]
    public void Language_is_the_environments_unless_it_is_given(string? environment, string? option, Language expected)
    {
        string[] arguments = option is null ? ["bench"] : ["bench", "--lang", option];
        Assert.Equal(expected, LanguageChoice.Of(arguments, name => name is "LANG" ? environment : null));
    }
}
