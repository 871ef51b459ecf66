using Fukami.Lab;

namespace Fukami.Web;

/// <summary>Which model folders may be opened from a page: those that ship, and those below the folders that whoever serves the app has named. Nothing else on the disk.</summary>
internal sealed class ModelAccess
{
    /// <summary>The name of the setting that opens a model.</summary>
    public const string Setting = "model";

    private const string Config = "config.json";
    private const int MostOffered = 200;

    private readonly string[] roots;

    /// <summary>The folders that ship, and those of the options.</summary>
    public ModelAccess(ServeOptions options)
    {
        roots = [.. options.Models.Append(ShippedModels.Folder("")).Select(Real).OfType<string>()];
    }

    /// <summary>The models to choose from, by the names that <see cref="Open(string)"/> takes: read anew, since folders come and go.</summary>
    public IReadOnlyList<string> Offered() =>
        [.. roots.SelectMany(Folders).Where(name => Find(name) is not null).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostOffered)];

    /// <summary>The settings with the model's name replaced by its folder.</summary>
    /// <exception cref="SettingException">The folder may not be opened.</exception>
    public SettingValues Open(SettingValues settings) =>
        settings.Settings.Any(setting => string.Equals(setting.Name, Setting, StringComparison.Ordinal)) && settings.Text(Setting) is { Length: > 0 } name
            ? settings.With(Setting, Open(name))
            : settings;

    /// <summary>The folder of a model.</summary>
    /// <param name="name">A name from <see cref="Offered"/>, or a folder.</param>
    /// <exception cref="SettingException">It may not be opened, or there is none.</exception>
    public string Open(string name)
    {
        if (Find(name) is { } found)
        {
            return found;
        }

        string offered = string.Join(", ", Offered());
        throw new SettingException(new LocalizedText(
            $"“{name}” is no model that may be opened here; there are: {offered}. Whoever starts Fukami adds folders with --models.",
            $"「{name}」はここで開けるモデルではありません。開けるのは {offered} です。フォルダは Fukami の起動時に --models で追加できます。"));
    }

    // links are followed and dots resolved before it is asked where the folder is
    private string? Find(string name) => roots
        .Select(root => Real(Path.Combine(root, name)) is { } folder && IsBelow(folder, root) && File.Exists(Path.Combine(folder, Config)) ? folder : null)
        .FirstOrDefault(folder => folder is not null);

    private static IEnumerable<string> Folders(string root)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2, IgnoreInaccessible = true };
        return Directory.Exists(root)
            ? Directory.EnumerateDirectories(root, "*", options).Take(10_000).Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            : [];
    }

    private static bool IsBelow(string folder, string root) =>
        folder.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // the path without links in any of its parts; none if it cannot be one
    private static string? Real(string path)
    {
        try
        {
            string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
            if (Path.GetDirectoryName(full) is not { } parent)
            {
                return full;
            }

            var folder = new DirectoryInfo(Path.Combine(Real(parent) ?? parent, Path.GetFileName(full)));
            return folder.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Real(target.FullName) : folder.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
