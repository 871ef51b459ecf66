using System.Globalization;
using System.Text;

namespace Fukami.Transformers;

/// <summary>
/// Files that are either the old ones or the new ones, whole, whenever the process is killed: written under a temporary name in
/// the same folder, flushed to the disk, renamed. The temporary name is always the same, so an interrupted write leaves at
/// most one file behind, and the next write takes it away.
/// </summary>
internal static class AtomicFile
{
    /// <summary>Writes a file; a failure leaves the old one, if any, as it was.</summary>
    /// <param name="path">The file to create or replace. Its folder must exist.</param>
    /// <param name="write">Writes the content, from the beginning to the end.</param>
    /// <exception cref="IOException">The disk is full, or another process holds the file.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = TemporaryName(path);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            DeleteQuietly(temporary);
            throw;
        }
    }

    /// <summary>Writes a text file in UTF-8 without a byte order mark, lines ending in \n.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>The name under which <see cref="Write"/> builds a file.</summary>
    public static string TemporaryName(string path)
    {
        string full = Path.GetFullPath(path);
        return Path.Combine(Path.GetDirectoryName(full) ?? "", string.Create(CultureInfo.InvariantCulture, $".{Path.GetFileName(full)}.tmp"));
    }

    /// <summary>Deletes a file that is in nobody's way if it stays.</summary>
    internal static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (IOException)
        {
            // what could not be written may well not be deleted either; the first error is the one to report
        }
        catch (UnauthorizedAccessException)
        {
            // likewise
        }
    }
}
