using System.Text;

namespace Fukami.Transformers;

/// <summary>
/// The text of ids that come one by one: what a token begins of a character waits for the tokens that end it. Not thread-safe.
/// </summary>
public sealed class TextStream(ITokenizer tokenizer)
{
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();

    /// <summary>The characters that this token makes whole; empty if there are none yet.</summary>
    public string Append(int id)
    {
        ReadOnlySpan<byte> bytes = tokenizer.Bytes(id);
        return Decode(bytes, flush: false);
    }

    /// <summary>What is left of an unfinished character, as U+FFFD; the stream can then begin anew.</summary>
    public string Finish() => Decode([], flush: true);

    private string Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        char[] characters = new char[decoder.GetCharCount(bytes, flush)];
        int count = decoder.GetChars(bytes, characters, flush);
        return new string(characters, 0, count);
    }
}
