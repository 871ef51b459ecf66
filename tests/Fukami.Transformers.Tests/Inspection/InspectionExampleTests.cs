namespace Fukami.Transformers.Tests;

public sealed class InspectionExampleTests
{
    [Fact]
    public void The_page_on_inspection_shows_the_example_that_runs_and_what_it_prints()
    {
        string repository = Repository(), file = Path.Combine(repository, "docs", "inspection.md");
        string source = File.ReadAllText(Path.Combine(repository, "tests", "Fukami.Transformers.Tests", "Inspection", "InspectionExample.cs")).ReplaceLineEndings("\n");
        string[] lines = source[(source.IndexOf("// example\n", StringComparison.Ordinal) + "// example\n".Length)..source.IndexOf("        // end\n", StringComparison.Ordinal)].TrimEnd().Split('\n');
        string example = string.Join('\n', lines.Select(line => line.Length > 8 ? line[8..] : ""))
            .Replace("output.WriteLine", "Console.WriteLine", StringComparison.Ordinal)
            .Replace("ModelFolder.Open(directory)", "ModelFolder.Open(\"models/small-world-decoder\")", StringComparison.Ordinal);
        string printed = InspectionExample.Run(Path.Combine(repository, "models", "small-world-decoder"));

        string page = File.ReadAllText(file).ReplaceLineEndings("\n");
        string now = Block("It prints:\n\n```\n", printed, Block("```csharp\n", example + "\n", page));
        if (Environment.GetEnvironmentVariable("FUKAMI_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(file, now);
        }

        Assert.True(page == now, "docs/inspection.md is out of date; run this test once with FUKAMI_UPDATE_DOCS=1 and commit the page.");
    }

    [Fact]
    public void Every_type_that_the_page_names_exists()
    {
        string page = File.ReadAllText(Path.Combine(Repository(), "docs", "inspection.md"));
        string[] types = ["PointCapture", "LogitMetric", "LossMetric", "ZeroAblation", "MeanAblation", "ResampleAblation", "Patch", "PatchSweep", "SkipPathAblation", "HeldConstant", "AttentionHead", "LogitLens", "LogitAttribution", "HeadOutputs", "NormFolding", "DirectPath"];
        Assert.All(types, type =>
        {
            Assert.Contains(type, page, StringComparison.Ordinal);
            Assert.NotNull(typeof(Intervention).Assembly.GetType($"Fukami.Transformers.{type}"));
        });
    }

    // the page with what stands between an opening and the next fence replaced
    private static string Block(string opening, string text, string page)
    {
        int start = page.IndexOf(opening, StringComparison.Ordinal) + opening.Length;
        return page[..start] + text + page[page.IndexOf("```", start, StringComparison.Ordinal)..];
    }

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Fukami.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds Fukami.slnx.");
    }
}
