using Fukami.Lab;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>A test with visitors: whatever else it shows, none of them has seen an error, a dialog or a request to another host.</summary>
public abstract class StudyTest(StudyHall hall) : IAsyncLifetime
{
    private readonly List<Visitor> visitors = [];
    private readonly List<FukamiServer> servers = [];
    private readonly List<DirectoryInfo> folders = [];

    /// <summary>What the tests share.</summary>
    protected StudyHall Hall => hall;

    /// <summary>The app that the tests share.</summary>
    protected FukamiServer Server => hall.Server;

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>An app that no other test uses.</summary>
    /// <param name="arguments">What is added to the command.</param>
    protected async Task<FukamiServer> ServeAsync(params string[] arguments)
    {
        servers.Add(await FukamiServer.StartAsync(arguments));
        return servers[^1];
    }

    /// <summary>Somebody opens a browser.</summary>
    internal async Task<Visitor> VisitAsync(FukamiServer? server = null, BrowserNewContextOptions? options = null)
    {
        Visitor visitor = await Visitor.ComeAsync(hall, server, options);
        visitors.Add(visitor);
        return visitor;
    }

    /// <summary>A new learner opens a browser.</summary>
    internal async Task<Visitor> LearnerAsync(Language language = Language.English, FukamiServer? server = null, BrowserNewContextOptions? options = null) =>
        await (await VisitAsync(server, options)).BeginAsync(language);

    /// <summary>A new learner opens a browser, and has chosen a theme from the next page on.</summary>
    internal async Task<Visitor> LearnerAsync(Language language, string theme)
    {
        Visitor visitor = await LearnerAsync(language);
        await visitor.ChooseThemeAsync(theme);
        return visitor;
    }

    /// <summary>A folder that is gone after the test.</summary>
    protected string NewFolder()
    {
        folders.Add(Directory.CreateTempSubdirectory("fukami-web-"));
        return folders[^1].FullName;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        string[] problems = [.. visitors.SelectMany(visitor => visitor.Problems)];
        foreach (Visitor visitor in visitors)
        {
            await visitor.DisposeAsync();
        }

        foreach (FukamiServer server in servers)
        {
            await server.DisposeAsync();
        }

        folders.ForEach(folder => folder.Delete(recursive: true));
        Assert.True(problems.Length == 0, string.Join(Environment.NewLine, problems));
    }
}
