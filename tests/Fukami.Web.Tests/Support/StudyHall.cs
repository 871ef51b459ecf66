using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Fukami.Web.Tests.StudyHall))]

namespace Fukami.Web.Tests;

/// <summary>What the tests share: one browser, and one served app.</summary>
public sealed class StudyHall : IAsyncLifetime
{
    private IPlaywright? playwright;

    /// <summary>The browser.</summary>
    public IBrowser Browser { get; private set; } = null!;

    /// <summary>The app, served to this machine alone.</summary>
    public FukamiServer Server { get; private set; } = null!;

    /// <summary>Where the browser is: Debian's, unless <c>FUKAMI_TEST_CHROMIUM</c> names another.</summary>
    public static string Chromium { get; } = Environment.GetEnvironmentVariable("FUKAMI_TEST_CHROMIUM") is { Length: > 0 } given ? given : "/usr/bin/chromium";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Task<FukamiServer> server = FukamiServer.StartAsync();
        playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(Visitor.Patience);
        Browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"],
        });
        Server = await server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright?.Dispose();
        await Server.DisposeAsync();
    }
}
