using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Fukami.Web.Tests.StudyHall))]

namespace Fukami.Web.Tests;

/// <summary>What the tests share: one browser, which is started once a test wants it, and one served app.</summary>
public sealed class StudyHall : IAsyncLifetime
{
    private readonly Lazy<Task<IBrowser>> browser;
    private IPlaywright? playwright;

    /// <summary>Nothing is started yet.</summary>
    public StudyHall() => browser = new Lazy<Task<IBrowser>>(LaunchAsync);

    /// <summary>The app, served to this machine alone.</summary>
    public FukamiServer Server { get; private set; } = null!;

    /// <summary>Where the browser is: Debian's, unless <c>FUKAMI_TEST_CHROMIUM</c> names another.</summary>
    public static string Chromium { get; } = Environment.GetEnvironmentVariable("FUKAMI_TEST_CHROMIUM") is { Length: > 0 } given ? given : "/usr/bin/chromium";

    /// <summary>The browser.</summary>
    public Task<IBrowser> BrowserAsync() => browser.Value;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Visitor.Patience);
        Server = await FukamiServer.StartAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (browser.IsValueCreated)
        {
            await (await browser.Value).DisposeAsync();
            playwright?.Dispose();
        }

        await Server.DisposeAsync();
    }

    private async Task<IBrowser> LaunchAsync()
    {
        playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"],
        });
    }
}
