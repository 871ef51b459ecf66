namespace Fukami.Transformers;

/// <summary>
/// The tokenizer of a model folder: <c>tokenizer.json</c>, <c>vocab.json</c> with <c>merges.txt</c>, BERT's <c>vocab.txt</c>, or
/// SentencePiece's <c>tokenizer.model</c>, whichever comes first. What a file asks for and Fukami does not do is refused.
/// </summary>
public static class TokenizerFiles
{
    /// <summary>Opens the tokenizer of a folder.</summary>
    /// <returns>The tokenizer; null if the folder has no tokenizer's file.</returns>
    /// <exception cref="CheckpointException">A file is damaged, or asks for what Fukami does not do.</exception>
    public static ITokenizer? Open(string directory)
    {
        string json = Path.Combine(directory, ModelFolder.TokenizerName);
        string vocabulary = Path.Combine(directory, "vocab.json");
        string words = Path.Combine(directory, "vocab.txt");
        string pieces = Path.Combine(directory, "tokenizer.model");
        return File.Exists(json) ? ReadJson(json, pieces)
            : File.Exists(vocabulary) ? ReadGpt2(directory, vocabulary, Path.Combine(directory, "merges.txt"))
            : File.Exists(words) ? WordPieceVocabulary.Read(words, Lowercase(directory))
            : File.Exists(pieces) ? SentencePieceFile.Read(pieces)
            : null;
    }

    // the older file says the same in another way
    private static ITokenizer ReadJson(string json, string pieces)
    {
        try
        {
            return TokenizerJson.Read(json);
        }
        catch (CheckpointException) when (File.Exists(pieces))
        {
            try
            {
                return SentencePieceFile.Read(pieces);
            }
            catch (CheckpointException)
            {
                // what is wrong with the first file is what helps
            }

            throw;
        }
    }

    // the two files do not say how a text is cut into words; only GPT-2's own name vouches for GPT-2's cut
    private static BytePairTokenizer ReadGpt2(string directory, string vocabulary, string merges) =>
        Config(directory, "tokenizer_class", node => node.Text()) is { } name && name is not ("GPT2Tokenizer" or "GPT2TokenizerFast")
            ? throw new CheckpointException($"tokenizer_config.json asks for {Excerpt.Of(name)}; from vocab.json and merges.txt Fukami reads GPT2Tokenizer alone.")
            : TokenizerJson.Read(vocabulary, merges);

    // BERT's checkpoints say whether they know capitals; those that do not say are uncased
    private static bool Lowercase(string directory) => Config<bool?>(directory, "do_lower_case", node => node.Flag()) ?? true;

    private static T? Config<T>(string directory, string property, Func<JsonNodeReader, T> read)
    {
        string path = Path.Combine(directory, "tokenizer_config.json");
        if (!File.Exists(path))
        {
            return default;
        }

        using var config = JsonFile.Read(path, ModelFolder.MaximumConfigBytes);
        return JsonFile.Guard(path, () => new JsonNodeReader("tokenizer_config.json", config.RootElement).Find(property) is { } node ? read(node) : default);
    }
}
