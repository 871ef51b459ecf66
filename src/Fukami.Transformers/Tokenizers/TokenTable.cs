using System.Text;

namespace Fukami.Transformers;

/// <summary>The bytes of every token, by id.</summary>
internal sealed class TokenTable(byte[][] tokens)
{
    /// <summary>How many tokens there are.</summary>
    public int Count => tokens.Length;

    /// <summary>The bytes of one token.</summary>
    public ReadOnlySpan<byte> this[int id] => (uint)id < (uint)tokens.Length
        ? tokens[id]
        : throw new TokenizerException($"The token id {id} is outside the vocabulary, 0 to {tokens.Length - 1}.");

    /// <summary>The text of some ids.</summary>
    public string Decode(ReadOnlySpan<int> ids)
    {
        int count = 0;
        foreach (int id in ids)
        {
            count = checked(count + this[id].Length);
        }

        byte[] bytes = new byte[count];
        Span<byte> rest = bytes;
        foreach (int id in ids)
        {
            this[id].CopyTo(rest);
            rest = rest[this[id].Length..];
        }

        return Encoding.UTF8.GetString(bytes);
    }
}
