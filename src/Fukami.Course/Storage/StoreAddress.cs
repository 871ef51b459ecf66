namespace Fukami.Course;

/// <summary>Where learners are kept: a SQLite file, or a PostgreSQL database.</summary>
/// <param name="Kind">The kind of database.</param>
/// <param name="Place">The file, or the connection string.</param>
public sealed record StoreAddress(StoreKind Kind, string Place)
{
    /// <summary>The environment variable with a PostgreSQL connection string.</summary>
    public const string DatabaseVariable = "FUKAMI_DATABASE";

    /// <summary>The environment variable with the data folder.</summary>
    public const string FolderVariable = "FUKAMI_DATA";

    /// <summary>A SQLite file in a folder.</summary>
    public static StoreAddress InFolder(string folder) => new(StoreKind.Sqlite, Path.Combine(Path.GetFullPath(folder), "fukami.db"));

    /// <summary>
    /// The folder that is given; else the database of <see cref="DatabaseVariable"/>; else the folder of <see cref="FolderVariable"/>; else the user's data folder.
    /// </summary>
    /// <param name="folder">A folder, or none.</param>
    /// <param name="environment">Reads an environment variable; the process's own unless given.</param>
    public static StoreAddress Of(string? folder, Func<string, string?>? environment = null)
    {
        environment ??= Environment.GetEnvironmentVariable;
        if (folder is not null)
        {
            return InFolder(folder);
        }

        return environment(DatabaseVariable) is { Length: > 0 } database ? new StoreAddress(StoreKind.Postgres, database)
            : environment(FolderVariable) is { Length: > 0 } given ? InFolder(given)
            : InFolder(Path.Combine(UserFolder(environment), "fukami"));
    }

    private static string UserFolder(Func<string, string?> environment) =>
        !OperatingSystem.IsWindows() && environment("XDG_DATA_HOME") is { Length: > 0 } given
            ? given
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
}
