using System.Text.Json;

namespace Fukami.Cli.Tests;

public sealed class TraceCommandTests
{
    private const string Mia = "Mia gave Ken a cake. Ken thanked";

    [Fact]
    public void Without_options_the_shipped_model_reads_a_sentence_that_it_knows()
    {
        CommandRun run = CommandRun.Of("trace");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("blocks.5.resid_post", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("blocks.3.resid_post", run.Out, StringComparison.Ordinal);
        Assert.Contains("Layers 1 to 4 are left out", run.Out, StringComparison.Ordinal);
        Assert.Contains("resid_mid = resid_pre + attn_out", run.Out, StringComparison.Ordinal);
        Assert.Matches("␣Anna +0.99", run.Out);
        Assert.Contains("Memory: weights 1.3 MB", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("✗", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_option_together_fits_eighty_columns_in_both_languages()
    {
        string[] line =
        [
            "trace", "--point", "*", "--gradient-of", "Anna", "--lens", "--fix-scale", "--attribution", "Anna", "--against", "Mia", "--heads", "2", "--fold",
            "--ablate", "blocks.1.attn.z#2=mean@1,3-4", "--patch", "blocks.2.resid_pre@7", "--sweep-patch", "resid_pre", "--from", Mia,
        ];
        foreach (CommandRun run in (CommandRun[])[CommandRun.Of(line), CommandRun.InJapanese(line), CommandRun.InJapanese("trace", "--model", "small-world-encoder")])
        {
            Assert.Equal(0, run.ExitCode);
            Assert.All(run.Out.Split('\n'), written => Assert.InRange(DisplayWidth.Of(written), 0, 80));
            Assert.DoesNotContain('\u001b', run.Out);
        }
    }

    [Fact]
    public void A_patched_stream_turns_the_answer_around()
    {
        CommandRun run = CommandRun.Of("trace", "--patch", "blocks.5.resid_post@7", "--from", Mia, "--json", "-");
        using JsonDocument json = JsonDocument.Parse(run.Out);
        JsonElement best = json.RootElement.GetProperty("predictions")[0].GetProperty("tokens")[0];
        Assert.Equal(" Mia", best.GetProperty("text").GetString());
        Assert.InRange(best.GetProperty("probability_before").GetDouble(), 0, 0.01);
        Assert.Equal("blocks.5.resid_post", json.RootElement.GetProperty("replaced")[0].GetString());
    }

    [Fact]
    public void Files_are_written_and_point_keeps_its_points_alone()
    {
        using var folder = new TemporaryFolder();
        CommandRun run = CommandRun.Of("trace", "--point", "blocks.*.resid_post", "--csv", folder["p.csv"], "--plot", folder["p.svg"], "--json", folder["p.json"], "--gradient-of", "loss", "--point", "blocks.0.resid_pre");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(9, File.ReadAllLines(folder["p.csv"]).Length);
        Assert.StartsWith("<?xml", File.ReadAllText(folder["p.svg"]), StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(folder["p.json"]));
        Assert.Equal("loss", json.RootElement.GetProperty("gradient").GetProperty("of").GetString());
        Assert.Equal(7, json.RootElement.GetProperty("gradient").GetProperty("direct_share").GetArrayLength());
    }

    [Fact]
    public void Special_tokens_stand_around_a_prompt_unless_they_are_left_out()
    {
        using var folder = new TemporaryFolder();
        string[] shape = ["--set", "kind=encoder", "--set", "residual=post", "--set", "embedding_norm=true", "--set", "token_types=1", "--set", "head=masked", "--set", "tied=true", "--set", "output_bias=true"];
        Assert.Equal(0, CommandRun.Of(["train", "--task", "small-world", "--out", folder["own"], "--steps", "1", "--set", "depth=1", "--set", "width=16", "--set", "heads=2", "--set", "batch=2", .. shape]).ExitCode);
        Assert.Equal(0, CommandRun.Of("export", "--model", folder["own"], "--family", "bert", "--out", folder["bert"]).ExitCode);
        File.Delete(folder["bert/tokenizer.json"]);
        File.WriteAllText(folder["bert/vocab.txt"], "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\nriver\n");
        Assert.Equal([2, 5, 4, 3], Ids("--prompt", "The [MASK]"));
        Assert.Equal([5, 4], Ids("--prompt", "The [MASK]", "--no-special-tokens"));

        int[] Ids(params string[] options)
        {
            using JsonDocument json = JsonDocument.Parse(CommandRun.Of(["trace", "--model", folder["bert"], "--json", "-", .. options]).Out);
            return [.. json.RootElement.GetProperty("prompt").GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];
        }
    }

    [Fact]
    public void A_word_in_other_capitals_is_read_with_one_note_and_an_unknown_one_is_answered_with_near_ones()
    {
        CommandRun run = CommandRun.Of("trace", "--prompt", "anna gave ken a cake. Ken thanked");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("“Anna gave Ken a cake. Ken thanked”", Assert.Single(run.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.Equal(CommandRun.Of("trace", "--prompt", "Anna gave Ken a cake. Ken thanked", "--csv", "-").Out, CommandRun.Of("trace", "--prompt", "anna gave ken a cake. Ken thanked", "--csv", "-").Out);
        CommandRun encoder = CommandRun.Of("trace", "--model", "small-world-encoder", "--prompt", "anna gave [MASK] a cake.");
        Assert.Equal(0, encoder.ExitCode);
        CommandRun unknown = CommandRun.Of("trace", "--prompt", "Anna gave Ken a cate.");
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("\"cake\"", unknown.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("near ones are", "--point", "blocks.0.resid_mod")]
    [InlineData("0 to 150", "--tokens", "1,2,151")]
    [InlineData("0 to 150", "--tokens", "1,-2")]
    [InlineData("no token id", "--tokens", "1,x")]
    [InlineData("41 tokens and the model's context holds 40", "--tokens", "1,2,3,4,5,6,7,8,9,10,1,2,3,4,5,6,7,8,9,10,1,2,3,4,5,6,7,8,9,10,1,2,3,4,5,6,7,8,9,10,1")]
    [InlineData("empty", "--prompt", "")]
    [InlineData("Only one of --prompt and --tokens", "--prompt", "a", "--tokens", "1")]
    [InlineData("no model folder", "--model", "nowhere")]
    [InlineData("zero, mean, resample", "--ablate", "blocks.0.attn_out=half")]
    [InlineData("0 to 7", "--ablate", "blocks.0.attn_out@8")]
    [InlineData("backwards", "--ablate", "blocks.0.attn_out@3-2")]
    [InlineData("0 to 3", "--ablate", "blocks.0.attn.z#4")]
    [InlineData("has none", "--ablate", "blocks.0.attn_out#1")]
    [InlineData("--from", "--patch", "blocks.0.attn_out")]
    [InlineData("--from", "--from", "Mia")]
    [InlineData("same length", "--sweep-patch", "resid_pre", "--from", "Mia")]
    [InlineData("near ones are", "--sweep-patch", "resid_pree", "--from", Mia)]
    [InlineData("2 tokens", "--attribution", "Anna gave")]
    [InlineData("no layer", "--heads", "6")]
    [InlineData("--lens", "--fix-scale")]
    [InlineData("--attribution", "--against", "Mia")]
    [InlineData("decoder", "--gradient-of", "loss", "--model", "small-world-encoder")]
    [InlineData(".svg or .png", "--plot", "trace.gif")]
    public void What_does_not_fit_is_one_sentence_and_exit_code_2(string says, params string[] options)
    {
        CommandRun run = CommandRun.Of(["trace", .. options]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        Assert.NotEqual(run.Error, CommandRun.InJapanese(["trace", .. options]).Error);
    }

    [Fact]
    public void A_model_without_a_tokenizer_takes_token_ids_and_an_encoder_decoder_is_refused()
    {
        string[] tiny = ["--steps", "1", "--set", "depth=1", "--set", "width=16", "--set", "heads=2", "--set", "length=8", "--set", "batch=2"];
        using var folder = new TemporaryFolder();
        Assert.Equal(0, CommandRun.Of(["train", "--task", "reverse", "--out", folder["d"], .. tiny]).ExitCode);
        Assert.Contains("--tokens", CommandRun.Of("trace", "--model", folder["d"]).Error, StringComparison.Ordinal);
        Assert.Contains("--tokens", CommandRun.Of("trace", "--model", folder["d"], "--prompt", "cat").Error, StringComparison.Ordinal);
        Assert.Contains("#3", CommandRun.Of("trace", "--model", folder["d"], "--tokens", "1,2,3").Out, StringComparison.Ordinal);
        Assert.Equal(0, CommandRun.Of(["train", "--task", "reverse", "--out", folder["e"], "--set", "kind=encoder-decoder", .. tiny]).ExitCode);
        CommandRun two = CommandRun.Of("trace", "--model", folder["e"], "--tokens", "1,2");
        Assert.Equal(2, two.ExitCode);
        Assert.Contains("encoder-decoder", two.Error, StringComparison.Ordinal);
    }
}
