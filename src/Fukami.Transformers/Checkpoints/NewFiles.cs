namespace Fukami.Transformers;

/// <summary>Files of a folder that appear together: all are written under temporary names and flushed to the disk before the first gets its own. Nothing is replaced, and a failure leaves nothing behind.</summary>
internal static class NewFiles
{
    /// <summary>Writes the files; the folder is made if there is none.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="files">Names with what writes their content; they get their names in this order.</param>
    /// <exception cref="IOException">The disk is full, or one of the files is there.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static void Write(string directory, IReadOnlyList<(string Name, Action<Stream> Content)> files)
    {
        bool isNew = !Directory.Exists(directory);
        Directory.CreateDirectory(directory);
        var begun = new List<string>();
        try
        {
            foreach ((string name, Action<Stream> content) in files)
            {
                string temporary = AtomicFile.TemporaryName(Path.Combine(directory, name));
                begun.Add(temporary);
                using var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
                content(stream);
                stream.Flush(flushToDisk: true);
            }

            foreach ((string name, _) in files)
            {
                string path = Path.Combine(directory, name);
                File.Move(AtomicFile.TemporaryName(path), path, overwrite: false);
                begun.Add(path);
            }
        }
        catch
        {
            begun.ForEach(AtomicFile.DeleteQuietly);
            DeleteQuietly(directory, isNew);
            throw;
        }
    }

    private static void DeleteQuietly(string directory, bool isNew)
    {
        try
        {
            if (isNew)
            {
                Directory.Delete(directory);
            }
        }
        catch (IOException)
        {
            // somebody else has put something into it
        }
        catch (UnauthorizedAccessException)
        {
            // it stays, empty; the first error is the one to report
        }
    }
}
