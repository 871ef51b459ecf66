namespace Fukami.Transformers;

/// <summary>Checks a byte-pair vocabulary that comes from a file.</summary>
internal static class BytePairVocabulary
{
    /// <summary>The tokenizer of a vocabulary.</summary>
    /// <param name="file">Where it comes from, for messages.</param>
    /// <param name="entries">Tokens and ids.</param>
    /// <param name="merges">"left right", the first merged first.</param>
    /// <param name="added">Tokens that are looked for first; they may stand among the entries too.</param>
    /// <param name="pattern">The cut into words.</param>
    /// <param name="isComposed">Whether a text is brought into Unicode's form C first.</param>
    /// <param name="ignoreMerges">Whether a word that is a token as a whole needs no merges.</param>
    /// <param name="beginsWith">Tokens before a text.</param>
    /// <param name="endsWith">Tokens behind a text.</param>
    /// <exception cref="CheckpointException">Ids have gaps, bytes are missing, or a merge makes no token.</exception>
    public static BytePairTokenizer Build(JsonNodeReader file, List<(string Token, int Id)> entries, string[] merges, IReadOnlyList<AddedToken> added, WordPattern pattern, bool isComposed, bool ignoreMerges, string[] beginsWith, string[] endsWith)
    {
        var ids = new Dictionary<string, int>(entries.Count, StringComparer.Ordinal);
        foreach ((string token, int id) in entries)
        {
            ids[token] = id;
        }

        foreach (AddedToken token in added)
        {
            if (ids.TryGetValue(token.Text, out int known) && known != token.Id)
            {
                throw file.Error($"gives the token {Excerpt.Of(token.Text)} two ids");
            }

            ids[token.Text] = token.Id;
        }

        // what no merge makes can never come from a text, whatever the file calls it
        var made = new HashSet<string>(merges.Select(merge => merge.Replace(" ", "", StringComparison.Ordinal)), StringComparer.Ordinal);
        var apart = new HashSet<string>(added.Select(token => token.Text), StringComparer.Ordinal);
        var special = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach ((string token, int id) in ids)
        {
            if (ByteAlphabet.Read(token) is not { Length: > 0 } bytes || (bytes.Length > 1 && (!ignoreMerges || apart.Contains(token)) && !made.Contains(token)))
            {
                special[token] = id;
            }
        }

        string[] vocabulary = VocabularyOrder.Of(file, ids);
        CheckBytes(file, ids, special);
        CheckMerges(file, ids, special, merges);
        return new BytePairTokenizer(vocabulary, merges, special, new AddedTokens(added, isComposed ? CanonicalComposition.Of : null), pattern, isComposed, ignoreMerges, Surroundings.Ids(file, beginsWith, ids), Surroundings.Ids(file, endsWith, ids));
    }

    private static void CheckBytes(JsonNodeReader file, Dictionary<string, int> ids, Dictionary<string, int> special)
    {
        foreach (byte value in ByteAlphabet.Order)
        {
            string token = ByteAlphabet.Write([value]);
            if (!ids.ContainsKey(token) || special.ContainsKey(token))
            {
                throw file.Error($"has no token for the byte 0x{value:X2} ({Excerpt.Of(token)}), so some texts would have none");
            }
        }
    }

    private static void CheckMerges(JsonNodeReader file, Dictionary<string, int> ids, Dictionary<string, int> special, string[] merges)
    {
        var seen = new HashSet<string>(merges.Length, StringComparer.Ordinal);
        foreach (string merge in merges)
        {
            int space = merge.IndexOf(' ', StringComparison.Ordinal);
            if (space <= 0 || space == merge.Length - 1 || merge.LastIndexOf(' ') != space)
            {
                throw file.Error($"has the merge {Excerpt.Of(merge)}, which is not two tokens with a space between them");
            }

            foreach (string token in (string[])[merge[..space], merge[(space + 1)..], merge.Remove(space, 1)])
            {
                if (!ids.ContainsKey(token) || special.ContainsKey(token))
                {
                    throw file.Error($"has the merge {Excerpt.Of(merge)}, but {Excerpt.Of(token)} is no token that a text can have");
                }
            }

            if (!seen.Add(merge))
            {
                throw file.Error($"has the merge {Excerpt.Of(merge)} twice");
            }
        }
    }
}
