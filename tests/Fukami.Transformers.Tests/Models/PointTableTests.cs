namespace Fukami.Transformers.Tests;

public sealed class PointTableTests
{
    [Fact]
    public void The_page_of_named_points_is_what_the_models_say()
    {
        string page = Repository.File("docs", "named-points.md");
        if (Environment.GetEnvironmentVariable("FUKAMI_UPDATE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(page)!);
            File.WriteAllText(page, PointTable.Markdown());
        }

        Assert.True(
            File.Exists(page) && File.ReadAllText(page).ReplaceLineEndings("\n") == PointTable.Markdown(),
            "docs/named-points.md is out of date; run this test once with FUKAMI_UPDATE_DOCS=1 and commit the page.");
    }
}
