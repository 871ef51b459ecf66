using System.Text.RegularExpressions;

namespace Fukami.Architecture.Tests;

/// <summary>What the two READMEs show is true of this version.</summary>
public sealed partial class ReadmeTests
{
    public static TheoryData<string> Readmes => ["README.md", "README.ja.md"];

    [Theory]
    [MemberData(nameof(Readmes))]
    public void The_example_in_the_readme_is_the_one_that_is_tested(string readme)
    {
        string file = Repository.Read(Repository.PathOf("tests", "Fukami.Architecture.Tests", "Readme", "GradientExample.cs"));
        string example = Example().Match(file).Groups["code"].Value;
        string lines = string.Join('\n', example.Split('\n').Select(line => line.Length > 8 ? line[8..] : "")).Trim();
        Assert.Contains(lines, Repository.Read(Repository.PathOf(readme)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_prints_the_loss_and_one_line_a_layer()
    {
        string[] printed = GradientExample.Run().ReplaceLineEndings("\n").TrimEnd().Split('\n');
        Assert.Equal(13, printed.Length);
        Assert.Matches("^loss 3[.][0-9]{3}$", printed[0]);
        Assert.All(printed[1..], line => Assert.Matches("^layer [ 0-9]{2}: a gradient of norm [1-9][.][0-9]{2}E[-+][0-9]{3} arrives$", line));
    }

    [Theory]
    [MemberData(nameof(Readmes))]
    public void Files_that_the_readme_points_to_are_there(string readme) =>
        Assert.All(
            Link().Matches(Repository.Read(Repository.PathOf(readme))).Select(match => match.Groups["path"].Value),
            path => Assert.True(Path.Exists(Repository.PathOf(path)), $"{readme} points to {path}, which is not there."));

    [GeneratedRegex(@"// <example>\n(?<code>.*?)\n\s*// </example>", RegexOptions.Singleline, 1000)]
    private static partial Regex Example();

    [GeneratedRegex(@"\]\((?!https?:|#)(?<path>[^)#]+)[^)]*\)", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
