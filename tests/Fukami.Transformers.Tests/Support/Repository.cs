namespace Fukami.Transformers.Tests;

/// <summary>The folder of the sources above the tests.</summary>
internal static class Repository
{
    /// <summary>The path of a file of the repository.</summary>
    public static string File(params string[] parts)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "Fukami.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine([folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds Fukami.slnx."), .. parts]);
    }
}
