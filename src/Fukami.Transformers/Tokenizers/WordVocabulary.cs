namespace Fukami.Transformers;

/// <summary>Checks a vocabulary of words that comes from a file.</summary>
internal static class WordVocabulary
{
    /// <summary>The tokenizer of a vocabulary.</summary>
    /// <param name="file">The place of the vocabulary.</param>
    /// <param name="pattern">The place of the pattern by which the file asks to cut a text.</param>
    /// <param name="entries">The words with their ids.</param>
    /// <exception cref="CheckpointException">A word is empty, ids have gaps, or the pattern is not that of the words.</exception>
    public static WordTokenizer Build(JsonNodeReader file, JsonNodeReader pattern, List<(string Token, int Id)> entries)
    {
        string[] words = VocabularyOrder.Of(file, new Dictionary<string, int>(entries.Select(entry => KeyValuePair.Create(entry.Token, entry.Id)), StringComparer.Ordinal));
        if (Array.Exists(words, word => word.Length == 0))
        {
            throw file.Error("has an empty token");
        }

        var tokenizer = new WordTokenizer(words);
        return string.Equals(pattern.Text(), tokenizer.Pattern, StringComparison.Ordinal)
            ? tokenizer
            : throw pattern.Error("asks for another cut than into single characters or into the longest words of the vocabulary, which Fukami does not do");
    }
}
