using Fukami.Lab;

namespace Fukami.Cli.Tests;

public sealed class TrainAndGenerateTests
{
    private static readonly string[] Tiny = ["--set", "depth=1", "--set", "width=16", "--set", "heads=2", "--set", "length=8", "--set", "batch=2"];

    [Fact]
    public void A_text_is_learned_and_continued()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["text.txt"], string.Concat(Enumerable.Repeat("the cat sat on the mat. ", 40)));
        CommandRun training = CommandRun.Of(["train", "--text", folder["text.txt"], "--out", folder["model"], "--steps", "3", .. Tiny]);
        Assert.Equal(0, training.ExitCode);
        Assert.Contains("3 steps", training.Out, StringComparison.Ordinal);
        Assert.Contains("tokens/s", training.Error, StringComparison.Ordinal);
        Assert.Contains("held-out loss", training.Error, StringComparison.Ordinal);

        CommandRun writing = CommandRun.Of("generate", "--model", folder["model"], "--prompt", "the cat", "--tokens", "12");
        Assert.Equal(0, writing.ExitCode);
        Assert.StartsWith("the cat", writing.Out, StringComparison.Ordinal);
        Assert.Equal("the cat".Length + 12, writing.Out.TrimEnd('\n').Length);
        Assert.Equal(writing.Out, CommandRun.Of("generate", "--model", folder["model"], "--prompt", "the cat", "--tokens", "12").Out);
        Assert.NotEqual(writing.Out, CommandRun.Of("generate", "--model", folder["model"], "--prompt", "the cat", "--tokens", "12", "--seed", "2").Out);
    }

    [Theory]
    [InlineData("decoder")]
    [InlineData("encoder-decoder")]
    public void A_model_of_a_task_takes_token_numbers(string kind)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, CommandRun.Of(["train", "--task", "reverse", "--out", folder["model"], "--steps", "1", "--set", $"kind={kind}", .. Tiny]).ExitCode);
        CommandRun writing = CommandRun.Of("generate", "--model", folder["model"], "--prompt", "1 2 3", "--tokens", "3", "--temperature", "0");
        Assert.Equal(0, writing.ExitCode);
        Assert.Matches(kind is "decoder" ? @"^1 2 3( \d+){3}\n$" : @"^\d+( \d+){2}\n$", writing.Out);
        Assert.Equal(2, CommandRun.Of("generate", "--model", folder["model"], "--prompt", "cat").ExitCode);
    }

    [Fact]
    public void Stories_are_learned_and_continued_in_words()
    {
        using var folder = new TemporaryFolder();
        string[] command = ["train", "--task", "small-world", "--out", folder["model"], "--set", "language=en", .. Tiny];
        CommandRun training = CommandRun.Of([.. command, "--steps", "2"]);
        Assert.Equal(0, training.ExitCode);
        Assert.Contains("best possible 0.", training.Out, StringComparison.Ordinal);
        CommandRun writing = CommandRun.Of("generate", "--model", folder["model"], "--prompt", "The cat sat on the", "--tokens", "2");
        Assert.Equal(0, writing.ExitCode);
        Assert.StartsWith("The cat sat on the", writing.Out, StringComparison.Ordinal);
        Assert.Contains("unicorn", CommandRun.Of("generate", "--model", folder["model"], "--prompt", "The unicorn").Error, StringComparison.Ordinal);
        Assert.Equal(0, CommandRun.Of([.. command, "--resume", "--steps", "3"]).ExitCode);
        Assert.Equal(1, CommandRun.Of("train", "--task", "small-world", "--out", folder["model"], "--set", "language=ja", "--resume", "--steps", "4").ExitCode);
    }

    [Fact]
    public void The_model_that_ships_is_known_by_name_and_reads_other_capitals_with_a_note()
    {
        CommandRun run = CommandRun.Of("generate", "--model", "small-world-decoder", "--prompt", "anna gave Ken a cake.", "--tokens", "5");
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("Anna gave Ken a cake.", run.Out, StringComparison.Ordinal);
        Assert.Contains("Anna gave Ken a cake.", Assert.Single(run.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        CommandRun same = CommandRun.Of("generate", "--model", "small-world-decoder", "--prompt", "Anna gave Ken a cake.", "--tokens", "5");
        Assert.Equal((run.Out, ""), (same.Out, same.Error));
        CommandRun nowhere = CommandRun.Of("generate", "--model", "../models", "--prompt", "Anna");
        Assert.Equal(2, nowhere.ExitCode);
        Assert.Contains("small-world-decoder", nowhere.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gpt2")]
    [InlineData("fukami")]
    public void A_model_that_was_exported_writes_the_same_text_and_its_folder_is_not_used_twice(string family)
    {
        using var folder = new TemporaryFolder();
        CommandRun export = CommandRun.Of("export", "--model", "small-world-decoder", "--family", family, "--out", folder["out"]);
        Assert.Equal((0, ""), (export.ExitCode, export.Error));
        Assert.Contains("tokenizer.json", export.Out, StringComparison.Ordinal);
        string[] write = ["--prompt", "Anna gave Ken a cake.", "--tokens", "12"];
        Assert.Equal(CommandRun.Of(["generate", "--model", "small-world-decoder", .. write]).Out, CommandRun.Of(["generate", "--model", folder["out"], .. write]).Out);
        CommandRun again = CommandRun.Of("export", "--model", "small-world-decoder", "--family", family, "--out", folder["out"]);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("already holds", Assert.Single(again.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void An_export_without_a_tokenizer_says_so_in_one_sentence()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, CommandRun.Of(["train", "--task", "sort", "--out", folder["own"], "--steps", "1", .. Tiny]).ExitCode);
        CommandRun export = CommandRun.Of("export", "--model", folder["own"], "--family", "gpt2", "--out", folder["gpt2"]);
        Assert.Equal(0, export.ExitCode);
        Assert.Contains("No tokenizer was written", Assert.Single(export.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        CommandRun llama = CommandRun.InJapanese("export", "--model", folder["own"], "--family", "llama", "--out", folder["llama"]);
        Assert.Equal(2, llama.ExitCode);
        Assert.False(Directory.Exists(folder["llama"]));
    }

    [Fact]
    public void A_language_is_refused_where_there_is_none_to_choose()
    {
        using var folder = new TemporaryFolder();
        CommandRun run = CommandRun.Of("train", "--task", "sort", "--out", folder["model"], "--set", "language=en");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("small-world", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, CommandRun.Of("train", "--task", "small-world", "--out", folder["model"], "--set", "language=fr").ExitCode);
        Assert.False(Directory.Exists(folder["model"]));
    }

    [Fact]
    public void A_training_that_was_stopped_is_saved_and_resumed_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, CommandRun.Of(["train", "--task", "sort", "--out", folder["whole"], "--steps", "4", "--set", "schedule=constant", .. Tiny]).ExitCode);
        Assert.Equal(0, CommandRun.Of(["train", "--task", "sort", "--out", folder["parts"], "--steps", "2", "--set", "schedule=constant", .. Tiny]).ExitCode);
        Assert.Equal(0, CommandRun.Of("train", "--task", "sort", "--out", folder["parts"], "--resume", "--steps", "4").ExitCode);
        Assert.Equal(File.ReadAllBytes(folder["whole/model.safetensors"]), File.ReadAllBytes(folder["parts/model.safetensors"]));
    }

    [Fact]
    public void Told_to_stop_a_training_saves_and_says_how_to_go_on()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        CommandRun run = CommandRun.Of(Language.English, stop.Token, ["train", "--task", "sort", "--out", folder["model"], "--steps", "50", .. Tiny]);
        Assert.Equal(130, run.ExitCode);
        Assert.Contains("--resume", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["model/model.safetensors"]));
    }

    [Fact]
    public void A_resumed_training_keeps_its_model()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, CommandRun.Of(["train", "--task", "sort", "--out", folder["model"], "--steps", "1", .. Tiny]).ExitCode);
        CommandRun run = CommandRun.Of("train", "--task", "sort", "--out", folder["model"], "--resume", "--set", "depth=2");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("depth", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_holds_a_model_is_not_overwritten()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, CommandRun.Of(["train", "--task", "sort", "--out", folder["model"], "--steps", "1", .. Tiny]).ExitCode);
        CommandRun run = CommandRun.Of(["train", "--task", "sort", "--out", folder["model"], "--steps", "1", .. Tiny]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("already holds a model", run.Error, StringComparison.Ordinal);
    }
}
