using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fukami.Transformers.Tests;

public sealed class WordTokenizerTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly WordTokenizer tokenizer = new(["The", " cat", " cats", " sat", ".", "\n", "猫", "は", "ましたか", "ました"]);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_longest_word_that_fits_is_taken()
    {
        Assert.Equal([0, 2, 3, 4], tokenizer.Encode("The cats sat."));
        Assert.Equal([6, 7, 8], tokenizer.Encode("猫はましたか"));
        Assert.Equal("The cats sat.", tokenizer.Decode([0, 2, 3, 4]));
        Assert.Empty(tokenizer.Encode(""));
    }

    [Fact]
    public void A_word_that_it_does_not_know_is_named_with_its_place()
    {
        TokenizerException e = Assert.Throws<TokenizerException>(() => tokenizer.Encode("The dog sat."));
        Assert.Contains("\" dog\" at position 3", e.Message, StringComparison.Ordinal);
        Assert.Contains("cats", e.Message, StringComparison.Ordinal);
        Assert.Throws<TokenizerException>(() => tokenizer.Encode("The\uD800"));
    }

    [Fact]
    public void The_nearest_words_are_listed_first_whatever_their_capitals()
    {
        var many = new WordTokenizer(["The", ".", .. Enumerable.Range(0, 50).Select(i => $" word{i}"), " Kitten", " kitchen"]);
        string message = Assert.Throws<TokenizerException>(() => many.Encode("The kiten.")).Message;
        Assert.Contains("words are \"Kitten\", \"kitchen\"", message, StringComparison.Ordinal);
        Assert.DoesNotContain("word40", message, StringComparison.Ordinal);
        Assert.True(Assert.Throws<TokenizerException>(() => many.Encode(new string('x', 100_000))).Message.Length < 400);
    }

    [Theory]
    [InlineData("the CATS Sat.", "The cats sat.")]
    [InlineData("The dog SAT.", "The dog sat.")]
    [InlineData("cat", "cat")]
    [InlineData("猫は CAT\nthe", "猫は cat\nThe")]
    [InlineData("The catsx SAT", "The catsx sat")]
    [InlineData("[MASK] CAT [MASK].", "[MASK] cat [MASK].")]
    [InlineData("", "")]
    public void Words_in_other_capitals_become_those_that_it_knows_and_all_else_stays(string text, string expected) =>
        Assert.Equal(expected, tokenizer.InKnownCase(text));

    [Fact]
    public void Words_that_make_no_vocabulary_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new WordTokenizer([]));
        Assert.Throws<ArgumentException>(() => new WordTokenizer(["a", ""]));
        Assert.Throws<ArgumentException>(() => new WordTokenizer(["a", "a"]));
        Assert.Throws<ArgumentException>(() => new WordTokenizer(["a", "\uD800"]));
    }

    [Fact]
    public void A_stored_tokenizer_is_the_same_tokenizer()
    {
        TokenizerJson.Write(folder.File("tokenizer.json"), tokenizer);
        var read = Assert.IsType<WordTokenizer>(TokenizerJson.Read(folder.File("tokenizer.json")));
        Assert.Equal(tokenizer.Words, read.Words);
    }

    [Fact]
    public void Its_pattern_cuts_a_text_as_it_does_itself()
    {
        TokenizerJson.Write(folder.File("tokenizer.json"), tokenizer);
        string pattern = JsonNode.Parse(File.ReadAllText(folder.File("tokenizer.json")))!["pre_tokenizer"]!["pattern"]!["Regex"]!.GetValue<string>();
        const string text = "The cats sat.\n猫はましたか";
        string[] cut = [.. Regex.Matches(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)).Select(m => m.Value)];
        Assert.Equal(tokenizer.Encode(text).Select(id => tokenizer.Words[id]), cut);
    }

    [Fact]
    public void A_file_that_asks_for_another_cut_is_refused()
    {
        TokenizerJson.Write(folder.File("tokenizer.json"), tokenizer);
        JsonNode json = JsonNode.Parse(File.ReadAllText(folder.File("tokenizer.json")))!;
        json["pre_tokenizer"]!["pattern"]!["Regex"] = "\\w+";
        Assert.Contains("cut", Assert.Throws<CheckpointException>(() => TokenizerJson.Read(folder.Write("other.json", json.ToJsonString()))).Message, StringComparison.Ordinal);
        json["model"]!["vocab"]!.AsObject().Remove("The");
        json["model"]!["vocab"]![""] = 0;
        Assert.Contains("empty", Assert.Throws<CheckpointException>(() => TokenizerJson.Read(folder.Write("other.json", json.ToJsonString()))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_damaged_file_does_more_than_be_refused()
    {
        TokenizerJson.Write(folder.File("words.json"), new WordTokenizer(["ab", "猫", "a"]));
        byte[] valid = File.ReadAllBytes(folder.File("words.json"));
        var random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 1000; i++)
        {
            string path = folder.Write("fuzz.json", Mutations.Of(valid, random));
            try
            {
                ITokenizer read = TokenizerJson.Read(path);
                Assert.Equal("ab", read.Decode(read.Encode("ab")));
            }
            catch (Exception e) when (e is CheckpointException or TokenizerException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 500, 999);
    }
}
