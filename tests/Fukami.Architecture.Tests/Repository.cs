namespace Fukami.Architecture.Tests;

/// <summary>The folder of the project, found upwards from where the tests run.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Without the carriage returns that Git may add on Windows.</summary>
    public static string Read(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Fukami.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no Fukami.slnx above {AppContext.BaseDirectory}; run the tests inside the repository.");
    }
}
