using System.Xml.Linq;

namespace Fukami.Architecture.Tests;

/// <summary>An arrow points to what is used: Tensors ← Transformers ← Lab ← Course ← Web ← Cli, whose command serves the app.</summary>
public sealed class ProjectReferenceTests
{
    // a library may use those that stand before it
    private static readonly string[] Order = ["Fukami.Tensors", "Fukami.Transformers", "Fukami.Lab", "Fukami.Course", "Fukami.Web", "Fukami.Cli"];

    public static TheoryData<string> Projects => [.. Directory.GetDirectories(Repository.PathOf("src")).Select(folder => Path.GetFileName(folder))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_library_uses_only_libraries_that_stand_before_it(string project)
    {
        int place = Array.IndexOf(Order, project);
        Assert.True(place >= 0, $"{project} has no place in the order of the libraries; give it one here and in docs/architecture.md.");
        foreach (string used in References(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))))
        {
            int before = Array.IndexOf(Order, used);
            Assert.True(before >= 0 && before < place, $"{project} refers to {used}, which does not stand before it.");
        }
    }

    [Fact]
    public void The_tensors_need_no_package() => Assert.Empty(References("Fukami.Tensors", "PackageReference"));

    [Fact]
    public void What_every_project_gets_is_needed_to_build_and_not_to_run()
    {
        XDocument shared = XDocument.Load(Repository.PathOf("Directory.Build.props"));
        Assert.All(shared.Descendants("PackageReference"), package => Assert.Equal("all", (string?)package.Attribute("PrivateAssets")));
    }

    [Fact]
    public void Every_project_is_part_of_the_solution()
    {
        IEnumerable<string> listed = XDocument.Load(Repository.PathOf("Fukami.slnx")).Descendants("Project").Select(project => ((string)project.Attribute("Path")!).Replace('\\', '/'));
        IEnumerable<string> found = new[] { "bench", "src", "tests" }
            .SelectMany(folder => Directory.GetDirectories(Repository.PathOf(folder)))
            .SelectMany(folder => Directory.GetFiles(folder, "*.csproj"))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'));
        Assert.Equal(found.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(Repository.PathOf("src", project, project + ".csproj")).Descendants(kind).Select(reference => (string)reference.Attribute("Include")!);
}
