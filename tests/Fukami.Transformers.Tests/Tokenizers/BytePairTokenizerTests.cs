using System.Text;
using CsCheck;

namespace Fukami.Transformers.Tests;

public sealed class BytePairTokenizerTests
{
    private const string Corpus = "the cat sat on the mat, and the dog sat on the cat's mat. 2024年、日本語の文章です。日本語のトークン。😀😀 the end\n\n  the\tend\r\n";

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.Char[' ', '~'].Select(c => c.ToString()),
        Among(" ", "  ", "\n", "\r\n", "\t", "\u3000", "\u00A0", "\u0085", "\u2028", "\0", "\u007F", "\u00AD", "'s", "'ll", "the", " cat", "<|endoftext|>", "Ġ", "Ċ"),
        Among("日本語", "の", "ﾃｽﾄ", "が", "か\u3099", "𠮷野家", "한국어", "العربية", "é", "e\u0301", "ß", "١٢٣", "Ⅷ"),
        Among("😀", "👨‍👩‍👧‍👦", "🇯🇵", "❤️", "\uFFFD", "\uFEFF", "\uFFFF"),
        Gen.Int[0, 0x10FFFF].Where(value => value is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32)).Array[0, 40].Select(string.Concat);

    [Fact]
    public void Any_text_comes_back_unchanged()
    {
        var tokenizer = BytePairTokenizer.Train(Corpus, 300);
        AnyText.Sample(text => tokenizer.Decode(tokenizer.Encode(text)) == text, iter: 3000);
    }

    [Fact]
    public void Encoding_merges_the_first_learned_pair_first()
    {
        var tokenizer = BytePairTokenizer.Train(Corpus, 320);
        AnyText.Sample(text => Assert.Equal(ReferenceEncoding(tokenizer, text), tokenizer.Encode(text)), iter: 1000);
    }

    [Fact]
    public void The_first_merges_are_those_of_a_recount_after_every_merge()
    {
        string text = string.Concat(Enumerable.Repeat(Corpus, 2)) + "aaaa aaaaa aaa abab ababab aabb";
        var tokenizer = BytePairTokenizer.Train(text, 325);
        Assert.Equal(ReferenceTraining(text, 325 - 256), tokenizer.Merges);
    }

    [Fact]
    public void Training_twice_gives_the_same_tokenizer()
    {
        Assert.Equal(BytePairTokenizer.Train(Corpus, 300).Merges, BytePairTokenizer.Train(Corpus, 300).Merges);
        Assert.Equal(280, BytePairTokenizer.Train(Corpus, 280).Vocabulary);
    }

    [Fact]
    public void The_first_256_tokens_are_GPT2s()
    {
        var tokenizer = BytePairTokenizer.Train("aa", 257);
        Assert.Equal("!\"~", tokenizer.Decode([0, 1, 93]));
        Assert.Equal([220], tokenizer.Encode(" "));
        Assert.Equal([198], tokenizer.Encode("\n"));
    }

    [Fact]
    public void A_text_without_repetition_gives_fewer_tokens_than_wanted()
    {
        Assert.Equal(256, BytePairTokenizer.Train("abc", 1000).Vocabulary);
        Assert.Equal("深い", BytePairTokenizer.Train("abc", 1000).Decode(BytePairTokenizer.Train("abc", 1000).Encode("深い")));
    }

    [Fact]
    public void One_word_of_a_million_letters_is_trained_on_and_encoded()
    {
        var random = new Random(1);
        string text = string.Create(1_000_000, random, static (span, source) => source.GetItems("あいうえおかきくけこ", span));
        var tokenizer = BytePairTokenizer.Train(text, 600);
        Assert.Equal(600, tokenizer.Vocabulary);
        string part = text[..20_000];
        Assert.Equal(part, tokenizer.Decode(tokenizer.Encode(part)));
    }

    [Fact]
    public void Parts_of_characters_wait_for_the_rest()
    {
        var tokenizer = BytePairTokenizer.Train("abab", 257);
        var stream = new TextStream(tokenizer);
        Assert.Equal(["a", "", "", "深", "", "", "", "😀"], tokenizer.Encode("a深😀").Select(stream.Append));
        Assert.Equal("", stream.Append(tokenizer.Encode("深")[0]));
        Assert.Equal("\uFFFD", stream.Finish());
        Assert.Equal("a", stream.Append(tokenizer.Encode("a")[0]));
    }

    [Fact]
    public void Bad_requests_are_refused_in_a_sentence()
    {
        Assert.Contains("at least 257", Assert.Throws<TokenizerException>(() => BytePairTokenizer.Train("abc", 256)).Message, StringComparison.Ordinal);
        Assert.Contains("empty", Assert.Throws<TokenizerException>(() => BytePairTokenizer.Train("", 300)).Message, StringComparison.Ordinal);
        Assert.Contains("U+D83D", Assert.Throws<TokenizerException>(() => BytePairTokenizer.Train("abc", 300).Encode("a\uD83D")).Message, StringComparison.Ordinal);
        Assert.Throws<TokenizerException>(() => BytePairTokenizer.Train("abc", 300).Decode([256]));
        Assert.Empty(BytePairTokenizer.Train("abc", 300).Encode(""));
    }

    private static Gen<string> Among(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    private static int[] ReferenceEncoding(BytePairTokenizer tokenizer, string text)
    {
        Dictionary<string, int> rank = tokenizer.Merges.Select((merge, index) => (merge, index)).ToDictionary(pair => pair.merge, pair => pair.index, StringComparer.Ordinal);
        Dictionary<string, int> ids = Enumerable.Range(0, tokenizer.Vocabulary).ToDictionary(id => ByteAlphabet.Write(tokenizer.Bytes(id)), id => id, StringComparer.Ordinal);
        var encoded = new List<int>();
        foreach (string word in WordPattern.OfGpt2.Words(text))
        {
            List<string> parts = [.. Encoding.UTF8.GetBytes(word).Select(value => ByteAlphabet.Write([value]))];
            while (true)
            {
                (int best, int at) = (int.MaxValue, -1);
                for (int i = 0; i + 1 < parts.Count; i++)
                {
                    if (rank.TryGetValue($"{parts[i]} {parts[i + 1]}", out int found) && found < best)
                    {
                        (best, at) = (found, i);
                    }
                }

                if (at < 0)
                {
                    break;
                }

                parts[at] += parts[at + 1];
                parts.RemoveAt(at + 1);
            }

            encoded.AddRange(parts.Select(part => ids[part]));
        }

        return [.. encoded];
    }

    private static List<string> ReferenceTraining(string text, int count)
    {
        List<List<string>> words = [.. WordPattern.OfGpt2.Words(text).Select(word => Encoding.UTF8.GetBytes(word).Select(value => ByteAlphabet.Write([value])).ToList())];
        Dictionary<string, int> ids = ByteAlphabet.Order.Select((value, id) => (ByteAlphabet.Write([value]), id)).ToDictionary(StringComparer.Ordinal);
        var merges = new List<string>();
        while (ids.Count < 256 + count)
        {
            var best = words.SelectMany(word => word.Zip(word.Skip(1))).GroupBy(pair => pair)
                .OrderByDescending(group => group.Count()).ThenBy(group => ids[group.Key.First]).ThenBy(group => ids[group.Key.Second]).First().Key;
            merges.Add($"{best.First} {best.Second}");
            ids.TryAdd(best.First + best.Second, ids.Count);
            foreach (List<string> word in words)
            {
                for (int i = 0; i + 1 < word.Count; i++)
                {
                    if (word[i] == best.First && word[i + 1] == best.Second)
                    {
                        word[i] += word[i + 1];
                        word.RemoveAt(i + 1);
                    }
                }
            }
        }

        return merges;
    }
}
