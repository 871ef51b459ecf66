using System.Collections.Concurrent;
using Fukami.Lab;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>
/// Somebody at a browser of their own, with a page open. Everything that must never happen is written down: an error in the console or in a script,
/// a request to any other host, a dialog.
/// </summary>
internal sealed class Visitor : IAsyncDisposable
{
    /// <summary>How long anything on a page is waited for, in milliseconds: a slow machine fails no test.</summary>
    public const float Patience = 120_000;

    private static int number;

    private readonly ConcurrentQueue<string> problems = new();
    private readonly Uri address;

    private Visitor(IBrowserContext context, IPage page, Uri address) => (Context, Page, this.address) = (context, page, address);

    /// <summary>Their browser: cookies and storage.</summary>
    public IBrowserContext Context { get; }

    /// <summary>Their page.</summary>
    public IPage Page { get; private set; }

    /// <summary>Their name, once they have begun.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What must never happen, and did.</summary>
    public IReadOnlyCollection<string> Problems => problems;

    /// <summary>What the console may say in this test, since the test itself takes the network or the page away; nothing unless set.</summary>
    public Func<string, bool> Expects { get; set; } = _ => false;

    /// <summary>Somebody opens a browser.</summary>
    /// <param name="hall">What is shared.</param>
    /// <param name="server">The app; the shared one unless given.</param>
    /// <param name="options">What kind of browser.</param>
    public static async Task<Visitor> ComeAsync(StudyHall hall, FukamiServer? server = null, BrowserNewContextOptions? options = null)
    {
        Uri served = (server ?? hall.Server).Address;
        options ??= new BrowserNewContextOptions();
        options.BaseURL = served.ToString();
        options.Locale ??= "en";
        options.ReducedMotion = ReducedMotion.Reduce;
        IBrowserContext context = await (await hall.BrowserAsync()).NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        context.SetDefaultNavigationTimeout(Patience);
        var visitor = new Visitor(context, null!, served);
        context.Page += (_, page) => visitor.Watch(page);
        visitor.Page = await context.NewPageAsync();
        return visitor;
    }

    /// <summary>Becomes a learner of a name that nobody has.</summary>
    public async Task<Visitor> BeginAsync(Language language = Language.English, string? name = null)
    {
        Name = name ?? $"Aki {Interlocked.Increment(ref number)}";
        await Page.GotoAsync("start");
        ILocator form = Page.Locator("form[action='learner/new']");
        await form.Locator("[name=name]").FillAsync(Name);
        await form.Locator("[name=language]").SelectOptionAsync(language == Language.Japanese ? "ja" : "en");
        await form.Locator("[type=submit]").ClickAsync();
        await Assertions.Expect(Page).ToHaveURLAsync(address.ToString()); // WaitForURLAsync waits for ever on a page that is there already
        await Page.WaitForLoadStateAsync(LoadState.DOMContentLoaded); // the address is there before the page
        return this;
    }

    /// <summary>Has a theme from the next page on, kept where the settings keep it.</summary>
    public Task ChooseThemeAsync(string theme) => Context.AddCookiesAsync([new Cookie { Name = "fukami-theme", Value = theme, Url = address.ToString() }]);

    /// <summary>Another page of the same browser.</summary>
    public Task<IPage> OpenTabAsync() => Context.NewPageAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Context.CloseAsync();

    private void Watch(IPage page)
    {
        page.Console += (_, said) =>
        {
            if (said.Type is "error" or "warning" && !Expects(said.Text))
            {
                problems.Enqueue($"console {said.Type}: {said.Text} at {said.Location}, page {page.Url}");
            }
        };
        page.PageError += (_, error) => problems.Enqueue($"script: {error}, page {page.Url}");
        page.Request += (_, request) =>
        {
            var asked = new Uri(request.Url);
            if (asked.Scheme is not ("data" or "blob" or "about") && asked.Authority != address.Authority)
            {
                problems.Enqueue($"asked another host: {request.Url}");
            }
        };
        page.Dialog += (_, dialog) =>
        {
            problems.Enqueue($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
    }
}
