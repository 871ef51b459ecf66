namespace Fukami.Web;

/// <summary>Where the app's own files are: at the root if this program was built or published to serve them, below <c>_content</c> if another was built on it.</summary>
internal sealed class AppFiles(IWebHostEnvironment host)
{
    private readonly string folder = host.WebRootFileProvider.GetFileInfo("study.css").Exists ? "" : $"_content/{typeof(AppFiles).Assembly.GetName().Name}/";

    /// <summary>The address of a file.</summary>
    public string Address(string file) => folder + file;
}
