using System.Text;
using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>JSON files that may be hostile: bounded in size and depth, no property twice, every failure one sentence.</summary>
internal static class JsonFile
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16, AllowDuplicateProperties = false };
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file as JSON.</summary>
    /// <exception cref="CheckpointException">The file is missing, unreadable, too long, or not JSON.</exception>
    public static JsonDocument Read(string path, int maximumBytes)
    {
        byte[] bytes = ReadBytes(path, maximumBytes);
        return Guard(path, () => JsonDocument.Parse(bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0), Options));
    }

    /// <summary>Reads a text file.</summary>
    /// <exception cref="CheckpointException">The file is missing, unreadable, too long, or not UTF-8.</exception>
    public static string ReadText(string path, int maximumBytes)
    {
        try
        {
            return Strict.GetString(ReadBytes(path, maximumBytes));
        }
        catch (DecoderFallbackException e)
        {
            throw new CheckpointException($"{Path.GetFileName(path)} is not a text in UTF-8.", e);
        }
    }

    /// <summary>Runs a reader and turns what JSON's own classes throw into a sentence.</summary>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new CheckpointException($"{Path.GetFileName(path)} is not valid JSON: {string.Join(' ', e.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}", e);
        }
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <exception cref="CheckpointException">The file is missing, unreadable or too long.</exception>
    public static byte[] ReadBytes(string path, int maximumBytes)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > maximumBytes)
            {
                throw new CheckpointException($"{Path.GetFileName(path)} has {stream.Length} bytes; at most {maximumBytes} are read.");
            }

            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CheckpointException($"There is no file {path}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CheckpointException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
