namespace Fukami.Transformers;

/// <summary>Checks a WordPiece vocabulary that comes from a file.</summary>
internal static class WordPieceVocabulary
{
    private static readonly string[] Special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    /// <summary>BERT's <c>vocab.txt</c>: one token a line, the first has id 0.</summary>
    /// <param name="path">The file.</param>
    /// <param name="config">The folder's tokenizer_config.json.</param>
    /// <exception cref="CheckpointException">The file is missing or damaged.</exception>
    public static BertTokenizer Read(string path, TokenizerConfig config)
    {
        // BERT's checkpoints say whether they know capitals; those that do not say are uncased
        bool lowercase = config.Lowercase ?? true;
        string name = Path.GetFileName(path);
        string[] lines = JsonFile.ReadText(path, TokenizerJson.MaximumBytes).Split('\n');
        int count = lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
        var entries = new Dictionary<string, int>(count, StringComparer.Ordinal);
        for (int id = 0; id < count; id++)
        {
            string token = lines[id].TrimEnd('\r');
            if (token.Length == 0 || !entries.TryAdd(token, id))
            {
                throw new CheckpointException($"{name} has in line {id + 1} {(token.Length == 0 ? "no token" : $"the token {Excerpt.Of(token)} again")}; each line must be a token of its own.");
            }
        }

        foreach (string needed in (string[])["[UNK]", "[CLS]", "[SEP]"])
        {
            if (!entries.ContainsKey(needed))
            {
                throw new CheckpointException($"{name} has no token {needed}, so it is not a vocabulary of BERT's.");
            }
        }

        string[] vocabulary = [.. lines.Take(count).Select(line => line.TrimEnd('\r'))];
        return new BertTokenizer(vocabulary, new BertWords(lowercase, lowercase, SplitChinese: true, Clean: true), entries["[UNK]"], Special.Where(entries.ContainsKey).Select(token => new AddedToken(token, entries[token])), [entries["[CLS]"]], [entries["[SEP]"]]);
    }

    /// <summary>The tokenizer of a <c>tokenizer.json</c> whose model is WordPiece.</summary>
    /// <exception cref="CheckpointException">It asks for what BERT's tokenizer does not do.</exception>
    public static BertTokenizer Read(JsonNodeReader root, JsonNodeReader model, List<(string Token, int Id)> entries, TokenizerConfig config)
    {
        if (model.Find("continuing_subword_prefix") is { } prefix && prefix.Text() is not "##")
        {
            throw prefix.Error($"is {Excerpt.Of(prefix.Text())}; Fukami reads WordPiece with \"##\"");
        }

        if (model.Find("max_input_chars_per_word") is { } longest && longest.Number() != BertTokenizer.LongestWord)
        {
            throw longest.Error($"is {longest.Number()}; Fukami reads WordPiece with {BertTokenizer.LongestWord}");
        }

        if (root["normalizer"] is var normalizer && normalizer["type"].Text() is not "BertNormalizer")
        {
            throw normalizer.Error($"asks for the normalizer {Excerpt.Of(normalizer["type"].Text())}; before WordPiece Fukami applies BertNormalizer");
        }

        if (root["pre_tokenizer"] is var preTokenizer && preTokenizer["type"].Text() is not "BertPreTokenizer")
        {
            throw preTokenizer.Error($"asks for the pre-tokenizer {Excerpt.Of(preTokenizer["type"].Text())}; before WordPiece Fukami applies BertPreTokenizer");
        }

        var ids = new Dictionary<string, int>(entries.Count, StringComparer.Ordinal);
        foreach ((string token, int id) in entries)
        {
            ids[token] = id;
        }

        List<AddedToken> added = AddedTokens.Read(root);
        foreach (AddedToken token in added)
        {
            ids[token.Text] = token.Id;
        }

        string unknown = model.Find("unk_token")?.Text() ?? "[UNK]";
        (string[] before, string[] behind) = Surroundings.Read(root, config);
        bool lowercase = normalizer.Find("lowercase")?.Flag() ?? true;
        var words = new BertWords(lowercase, normalizer.Find("strip_accents")?.Flag() ?? lowercase, normalizer.Find("handle_chinese_chars")?.Flag() ?? true, normalizer.Find("clean_text")?.Flag() ?? true);
        return new BertTokenizer(VocabularyOrder.Of(root, ids), words, Surroundings.Ids(root, [unknown], ids)[0], added, Surroundings.Ids(root, before, ids), Surroundings.Ids(root, behind, ids));
    }
}
