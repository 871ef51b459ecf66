using System.Buffers;
using System.Text;

namespace Fukami.Transformers;

/// <summary>Checks that a string is valid Unicode before it is taken apart.</summary>
internal static class UnicodeText
{
    /// <summary>Does nothing for valid Unicode.</summary>
    /// <exception cref="TokenizerException">Half of a surrogate pair stands alone.</exception>
    public static void Check(string text)
    {
        ReadOnlySpan<char> rest = text;
        while (rest.IndexOfAnyInRange('\uD800', '\uDFFF') is var at && at >= 0)
        {
            if (Rune.DecodeFromUtf16(rest[at..], out _, out int length) != OperationStatus.Done)
            {
                int position = text.Length - rest.Length + at;
                throw new TokenizerException($"The text is not valid Unicode: at position {position} stands half of a surrogate pair (U+{(int)text[position]:X4}).");
            }

            rest = rest[(at + length)..];
        }
    }
}
