namespace Fukami.Transformers;

/// <summary>
/// GPT-2's writing of bytes as visible characters, in which byte-level vocabularies are kept: what Latin-1 prints stands for
/// itself, the other 68 bytes become U+0100 onward, so a space is Ġ and a line feed Ċ. (Radford et al. 2019)
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] ToCharacter = new char[256];
    private static readonly int[] ToByte = Enumerable.Repeat(-1, 0x100 + 68).ToArray();

    static ByteAlphabet()
    {
        char next = '\u0100';
        int id = 0;
        for (int value = 0; value < 256; value++)
        {
            if (IsVisible(value))
            {
                ToCharacter[value] = (char)value;
                Order[id++] = (byte)value;
            }
        }

        for (int value = 0; value < 256; value++)
        {
            if (!IsVisible(value))
            {
                ToCharacter[value] = next++;
                Order[id++] = (byte)value;
            }

            ToByte[ToCharacter[value]] = value;
        }
    }

    /// <summary>The bytes in the order of GPT-2's first 256 ids.</summary>
    public static byte[] Order { get; } = new byte[256];

    /// <summary>Bytes as visible characters.</summary>
    public static string Write(ReadOnlySpan<byte> bytes) =>
        string.Create(bytes.Length, bytes, static (characters, source) =>
        {
            for (int i = 0; i < source.Length; i++)
            {
                characters[i] = ToCharacter[source[i]];
            }
        });

    /// <summary>The bytes that visible characters stand for; null if one of them stands for none.</summary>
    public static byte[]? Read(string characters)
    {
        byte[] bytes = new byte[characters.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            int value = characters[i] < ToByte.Length ? ToByte[characters[i]] : -1;
            if (value < 0)
            {
                return null;
            }

            bytes[i] = (byte)value;
        }

        return bytes;
    }

    private static bool IsVisible(int value) => value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
}
