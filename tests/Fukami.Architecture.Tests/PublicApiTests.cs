using System.Reflection;
using System.Text;
using Fukami.Course;
using Fukami.Lab;
using Fukami.Tensors;
using Fukami.Transformers;
using PublicApiGenerator;

namespace Fukami.Architecture.Tests;

/// <summary>What others build upon changes only when somebody means it: each library's public surface is recorded in PublicApi/.</summary>
public sealed class PublicApiTests
{
    private static readonly Assembly[] Libraries = [typeof(Tape).Assembly, typeof(Transformer).Assembly, typeof(Report).Assembly, typeof(CourseContent).Assembly];

    public static TheoryData<string> Names => [.. Libraries.Select(library => library.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Public_surface_is_the_recorded_one(string library)
    {
        string now = SurfaceOf(Libraries.Single(assembly => string.Equals(assembly.GetName().Name, library, StringComparison.Ordinal)));
        string record = Repository.PathOf("tests", "Fukami.Architecture.Tests", "PublicApi", library + ".txt");
        if (Environment.GetEnvironmentVariable("FUKAMI_ACCEPT_API") is "1")
        {
            File.WriteAllText(record, now, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return;
        }

        string recorded = File.Exists(record) ? Repository.Read(record) : "";
        Assert.True(string.Equals(recorded, now, StringComparison.Ordinal), Explain(library, recorded, now));
    }

    private static string SurfaceOf(Assembly library) => library.GeneratePublicApi(new ApiGeneratorOptions
    {
        IncludeAssemblyAttributes = false,
        ExcludeAttributes = ["System.Runtime.CompilerServices.CompilerGeneratedAttribute"],
    }).ReplaceLineEndings("\n").TrimEnd() + "\n";

    private static string Explain(string library, string recorded, string now)
    {
        string[] before = recorded.Split('\n');
        string[] after = now.Split('\n');
        IEnumerable<string> gone = before.Except(after, StringComparer.Ordinal).Select(line => "- " + line.Trim());
        IEnumerable<string> added = after.Except(before, StringComparer.Ordinal).Select(line => "+ " + line.Trim());
        return $"""
            The public surface of {library} is not the recorded one. If the change is meant, run eng/accept-api and commit the record with it.
            {string.Join('\n', gone.Concat(added))}
            """;
    }
}
