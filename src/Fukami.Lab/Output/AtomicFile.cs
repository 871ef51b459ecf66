namespace Fukami.Lab;

/// <summary>
/// Writes a file so that its name stands for the old contents or for all of the new, never for a part:
/// written under a temporary name beside it, flushed to the disk, then renamed.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes what the function writes.</summary>
    /// <exception cref="OutputException">The file cannot be written there; nothing is left behind.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string full = Resolve(path);
        string folder = Path.GetDirectoryName(full)!;
        string temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Environment.ProcessId}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(
                new LocalizedText(
                    $"The file {path} cannot be written ({Reason(e)}); choose another place or make room there.",
                    $"ファイル {path} に書き込めません（{Reason(e)}）。別の場所を指定するか、書き込めるようにしてください。"),
                e);
        }
        finally
        {
            TryDelete(temporary);
        }
    }

    /// <summary>Says now, before a long run, if a file could not be written at its end.</summary>
    /// <exception cref="OutputException">The folder does not exist or cannot be written to, or the path is a folder.</exception>
    public static void Probe(string path)
    {
        string full = Resolve(path);
        string probe = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Environment.ProcessId}.probe");
        try
        {
            using (new FileStream(probe, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
                // that it opens is the answer
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(
                new LocalizedText(
                    $"The file {path} cannot be written ({Reason(e)}); choose another place or make it writable.",
                    $"ファイル {path} に書き込めません（{Reason(e)}）。別の場所を指定するか、書き込めるようにしてください。"),
                e);
        }
    }

    private static string Resolve(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new OutputException(new LocalizedText(
                "An output file's name is empty; give a path such as report.json.",
                "出力ファイル名が空です。report.json のようなパスを指定してください。"));
        }

        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new OutputException(new LocalizedText(
                $"{path} is a folder; give the path of a file in it.",
                $"{path} はフォルダです。その中のファイルのパスを指定してください。"));
        }

        string? folder = Path.GetDirectoryName(full);
        return Directory.Exists(folder)
            ? full
            : throw new OutputException(new LocalizedText(
                $"The folder {folder} for the file {Path.GetFileName(full)} does not exist; create it first or choose another.",
                $"ファイル {Path.GetFileName(full)} を置くフォルダ {folder} がありません。先に作成するか、別の場所を指定してください。"));
    }

    private static string Reason(Exception e) => e.Message.TrimEnd('.');

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // the error that matters was thrown already
        }
    }
}
