namespace Fukami.Cli;

/// <summary>
/// The files of a folder with their lengths and times, to see whether anything changed. It is looked at again and again instead of waiting for the system's events:
/// those do not come from every drive, and an edit may fall between two of them.
/// </summary>
internal sealed class FolderSnapshot
{
    private const int MostFiles = 10_000;

    // hidden files are left out: editors keep their own notes in them
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 8 };

    private readonly Dictionary<string, (long Length, DateTime Written)> files = new(StringComparer.Ordinal);

    /// <summary>What is there now; nothing if the folder is not there.</summary>
    public FolderSnapshot(string directory)
    {
        try
        {
            foreach (FileInfo file in new DirectoryInfo(directory).EnumerateFiles("*", Everything).Take(MostFiles))
            {
                files[file.FullName] = (file.Length, file.LastWriteTimeUtc);
            }
        }
        catch (IOException)
        {
            // it went away meanwhile, or was never there: the next look sees the difference
        }
    }

    /// <summary>Whether nothing changed from one to the other.</summary>
    public bool IsSame(FolderSnapshot other) => files.Count == other.files.Count && files.All(file => other.files.TryGetValue(file.Key, out (long, DateTime) there) && there == file.Value);
}
