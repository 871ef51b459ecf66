namespace Fukami.Transformers;

/// <summary>Puts tokens in the order of their ids, which must be 0, 1, 2, … without a gap.</summary>
internal static class VocabularyOrder
{
    /// <summary>The tokens by id.</summary>
    /// <exception cref="CheckpointException">There is no token, or an id is missing, doubled or out of range.</exception>
    public static string[] Of(JsonNodeReader file, Dictionary<string, int> ids)
    {
        if (ids.Count == 0)
        {
            throw file.Error("has an empty vocabulary");
        }

        string?[] tokens = new string?[ids.Count];
        foreach ((string token, int id) in ids)
        {
            if ((uint)id >= (uint)tokens.Length || tokens[id] is not null)
            {
                throw file.Error($"gives the token {Excerpt.Of(token)} the id {id}, which another token has or which is outside 0 to {tokens.Length - 1}; the ids of {tokens.Length} tokens must be those");
            }

            tokens[id] = token;
        }

        return tokens!;
    }
}
