namespace Fukami.Lab;

/// <summary>A folder that many files are going to be written to.</summary>
public static class OutputFolder
{
    /// <summary>Makes the folder where there is none, and says now if nothing could be written there.</summary>
    /// <exception cref="OutputException">It cannot be made or written to.</exception>
    public static void Prepare(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new OutputException(new LocalizedText("The output folder's name is empty; give a path such as reports.", "出力フォルダの名前が空です。reports のようなパスを指定してください。"));
        }

        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new OutputException(
                new LocalizedText(
                    $"The folder {path} cannot be made ({e.Message.TrimEnd('.')}); choose another place.",
                    $"フォルダ {path} を作成できません（{e.Message.TrimEnd('.')}）。別の場所を指定してください。"),
                e);
        }

        AtomicFile.Probe(Path.Combine(path, "probe"));
    }
}
