using System.Text;

namespace Fukami.Transformers.Tests;

public sealed class CharacterTokenizerTests
{
    [Fact]
    public void Characters_have_ids_in_the_order_of_their_code_points()
    {
        var tokenizer = CharacterTokenizer.Train("banana 深み😀\n");
        Assert.Equal(8, tokenizer.Vocabulary);
        Assert.Equal("\n abnみ深😀", tokenizer.Decode([0, 1, 2, 3, 4, 5, 6, 7]));
        Assert.Equal([7, 6, 5, 0], tokenizer.Encode("😀深み\n"));
    }

    [Fact]
    public void An_unknown_character_is_named()
    {
        var tokenizer = CharacterTokenizer.Train("abc");
        Assert.Contains("'漢' (U+6F22)", Assert.Throws<TokenizerException>(() => tokenizer.Encode("ab漢")).Message, StringComparison.Ordinal);
        Assert.Contains("U+0007", Assert.Throws<TokenizerException>(() => tokenizer.Encode("\a")).Message, StringComparison.Ordinal);
        Assert.Contains("'😀' (U+1F600)", Assert.Throws<TokenizerException>(() => tokenizer.Encode("😀")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_not_a_character()
    {
        Assert.Contains("position 1", Assert.Throws<TokenizerException>(() => CharacterTokenizer.Train("a\uD83Dx")).Message, StringComparison.Ordinal);
        Assert.Contains("U+DE00", Assert.Throws<TokenizerException>(() => CharacterTokenizer.Train("a").Encode("\uDE00")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_outside_the_vocabulary_are_refused()
    {
        var tokenizer = CharacterTokenizer.Train("abc");
        Assert.Contains("0 to 2", Assert.Throws<TokenizerException>(() => tokenizer.Decode([0, 3])).Message, StringComparison.Ordinal);
        Assert.Throws<TokenizerException>(() => tokenizer.Decode([-1]));
        Assert.Throws<TokenizerException>(() => CharacterTokenizer.Train(""));
        Assert.Throws<ArgumentException>(() => new CharacterTokenizer([new Rune('a'), new Rune('a')]));
    }

    [Fact]
    public void A_stored_tokenizer_is_the_same_tokenizer()
    {
        using var folder = new TestFolder();
        string text = "日本語 \"quoted\" \\ \t\0\u2028 😀";
        var tokenizer = CharacterTokenizer.Train(text);
        TokenizerJson.Write(folder.File("tokenizer.json"), tokenizer);
        var read = Assert.IsType<CharacterTokenizer>(TokenizerJson.Read(folder.File("tokenizer.json")));
        Assert.Equal(tokenizer.Encode(text), read.Encode(text));
        Assert.Equal(text, read.Decode(read.Encode(text)));
        Assert.Equal(["tokenizer.json"], folder.Names);
    }
}
