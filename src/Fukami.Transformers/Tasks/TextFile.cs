using System.Text;

namespace Fukami.Transformers;

/// <summary>Reads a text to train on.</summary>
public static class TextFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The longest text that is read, in bytes.</summary>
    public static int MaximumBytes => 1 << 29;

    /// <summary>The text of a file in UTF-8, without the byte order mark if it has one.</summary>
    /// <exception cref="TrainingException">The file is missing, unreadable, empty, too long, or not a text in UTF-8.</exception>
    public static string Read(string path)
    {
        byte[] bytes = ReadBytes(path);
        ReadOnlySpan<byte> content = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes;
        if (content.IsEmpty)
        {
            throw new TrainingException($"{path} is empty; give a text to train on.");
        }

        if (content.Contains((byte)0))
        {
            throw new TrainingException($"{path} is no text: it holds a zero byte at position {bytes.AsSpan().IndexOf((byte)0)}; give a text in UTF-8.");
        }

        try
        {
            return Strict.GetString(content);
        }
        catch (DecoderFallbackException e)
        {
            throw new TrainingException($"{path} is not in UTF-8: what stands at byte {bytes.Length - content.Length + e.Index} is no character; convert it to UTF-8 first.", e);
        }
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > MaximumBytes)
            {
                throw new TrainingException($"{path} has {stream.Length} bytes; at most {MaximumBytes} can be trained on.");
            }

            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TrainingException($"There is no file {path}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new TrainingException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
