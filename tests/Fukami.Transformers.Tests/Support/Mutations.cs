namespace Fukami.Transformers.Tests;

/// <summary>Damaged copies of a valid file: bits flipped, parts cut, doubled, replaced by what parsers trip over.</summary>
internal static class Mutations
{
    private static readonly byte[][] Splinters =
    [
        "\""u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(), "["u8.ToArray(), "]"u8.ToArray(), ","u8.ToArray(), ":"u8.ToArray(), "-1"u8.ToArray(),
        "9223372036854775807"u8.ToArray(), "18446744073709551616"u8.ToArray(), "1e308"u8.ToArray(), "1.5"u8.ToArray(), "null"u8.ToArray(), "true"u8.ToArray(), "0"u8.ToArray(),
        "\\ud800"u8.ToArray(), [0xFF], [0xC0, 0x80], [0], "[[[[[[[[[[[[[[[[[[[["u8.ToArray(), "{\"a\":{\"a\":{\"a\":{\"a\":"u8.ToArray(), "BF16"u8.ToArray(), "F64"u8.ToArray(),
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
    ];

    public static byte[] Of(byte[] valid, Random random)
    {
        var bytes = new List<byte>(valid);
        for (int count = random.Next(1, 4); count > 0; count--)
        {
            int at = random.Next(bytes.Count + 1);
            int length = Math.Min(random.Next(1, 24), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 4:
                    bytes.InsertRange(at, Splinters[random.Next(Splinters.Length)]);
                    break;
                case 5:
                    bytes.RemoveRange(at, length);
                    bytes.InsertRange(at, Splinters[random.Next(Splinters.Length)]);
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
