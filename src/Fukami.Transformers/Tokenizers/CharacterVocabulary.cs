using System.Text;

namespace Fukami.Transformers;

/// <summary>Checks a vocabulary of characters that comes from a file.</summary>
internal static class CharacterVocabulary
{
    /// <summary>The tokenizer of a vocabulary.</summary>
    /// <exception cref="CheckpointException">A token is not one character, or ids have gaps.</exception>
    public static CharacterTokenizer Build(JsonNodeReader file, List<(string Token, int Id)> entries)
    {
        string[] tokens = VocabularyOrder.Of(file, new Dictionary<string, int>(entries.Select(entry => KeyValuePair.Create(entry.Token, entry.Id)), StringComparer.Ordinal));
        return new CharacterTokenizer(tokens.Select(token =>
            Rune.TryGetRuneAt(token + " ", 0, out Rune character) && character.Utf16SequenceLength == token.Length
                ? character
                : throw file.Error($"has the token {Excerpt.Of(token)}; a tokenizer of characters has one character in each")));
    }
}
