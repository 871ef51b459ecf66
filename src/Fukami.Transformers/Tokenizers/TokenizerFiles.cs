namespace Fukami.Transformers;

/// <summary>
/// The tokenizer of a model folder: <c>tokenizer.json</c>, <c>vocab.json</c> with <c>merges.txt</c>, BERT's <c>vocab.txt</c>, or
/// SentencePiece's <c>tokenizer.model</c>, whichever comes first. What a file asks for and Fukami does not do is refused.
/// </summary>
public static class TokenizerFiles
{
    /// <summary>The files that a folder's tokenizer may consist of; the first ones are read here.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        ModelFolder.TokenizerName, "vocab.json", "merges.txt", "vocab.txt", "tokenizer.model",
        TokenizerConfig.FileName, "special_tokens_map.json", "added_tokens.json", "chat_template.jinja", "chat_template.json",
    ];

    /// <summary>Opens the tokenizer of a folder.</summary>
    /// <returns>The tokenizer; null if the folder has no tokenizer's file.</returns>
    /// <exception cref="CheckpointException">A file is damaged, or asks for what Fukami does not do.</exception>
    public static ITokenizer? Open(string directory)
    {
        string json = Path.Combine(directory, ModelFolder.TokenizerName);
        string vocabulary = Path.Combine(directory, "vocab.json");
        string words = Path.Combine(directory, "vocab.txt");
        string pieces = Path.Combine(directory, "tokenizer.model");
        var config = TokenizerConfig.Read(directory);
        return File.Exists(json) ? ReadJson(json, pieces, config)
            : File.Exists(vocabulary) ? ReadGpt2(vocabulary, Path.Combine(directory, "merges.txt"), config)
            : File.Exists(words) ? WordPieceVocabulary.Read(words, config)
            : File.Exists(pieces) ? SentencePieceFile.Read(pieces, config)
            : null;
    }

    // the older file says the same in another way
    private static ITokenizer ReadJson(string json, string pieces, TokenizerConfig config)
    {
        try
        {
            return TokenizerJson.Read(json, config);
        }
        catch (CheckpointException) when (File.Exists(pieces))
        {
            try
            {
                return SentencePieceFile.Read(pieces, config);
            }
            catch (CheckpointException)
            {
                // what is wrong with the first file is what helps
            }

            throw;
        }
    }

    // the two files do not say how a text is cut into words; only GPT-2's own name vouches for GPT-2's cut
    private static BytePairTokenizer ReadGpt2(string vocabulary, string merges, TokenizerConfig config) =>
        config.Class is { } name && name is not ("GPT2Tokenizer" or "GPT2TokenizerFast")
            ? throw new CheckpointException($"{TokenizerConfig.FileName} asks for {Excerpt.Of(name)}; from vocab.json and merges.txt Fukami reads GPT2Tokenizer alone.")
            : TokenizerJson.Read(vocabulary, merges, config);
}
