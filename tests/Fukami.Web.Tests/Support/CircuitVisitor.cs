using System.Diagnostics;

namespace Fukami.Web.Tests;

/// <summary>A learner without a browser: cookies and one page at a time, which lives over a connection of its own. Fifty of them cost a machine next to nothing.</summary>
internal sealed class CircuitVisitor : IAsyncDisposable
{
    private readonly FukamiServer server;
    private readonly FormClient client;
    private Circuit? page;

    private CircuitVisitor(FukamiServer server, string name) => (this.server, Name, client) = (server, name, new FormClient(server));

    /// <summary>Their name.</summary>
    public string Name { get; }

    /// <summary>Their page.</summary>
    public Circuit Page => page ?? throw new InvalidOperationException($"{Name} has opened no page.");

    /// <summary>Becomes a learner.</summary>
    public static async Task<CircuitVisitor> BeginAsync(FukamiServer server, string name)
    {
        var visitor = new CircuitVisitor(server, name);
        Assert.Equal("/", await visitor.client.PostAsync("learner/new", ("name", name), ("language", "en")));
        return visitor;
    }

    /// <summary>Leaves the page, on which nothing has gone wrong, for another.</summary>
    public async Task OpenAsync(string address)
    {
        Assert.Null(page?.Problem);
        await LeaveAsync();
        page = await Circuit.OpenAsync(server, client, address);
    }

    /// <summary>Presses a button.</summary>
    public Task PressAsync(Func<RenderedNode, bool> button) => Page.HappenAsync(page => page.Elements.LastOrDefault(element => element.Name == "button" && button(element)), "click");

    /// <summary>Begins the baseline test, and waits for its first question.</summary>
    public async Task BeginBaselineAsync()
    {
        await OpenAsync("baseline");
        await PressAsync(button => button.Is("primary"));
        await Page.UntilAsync(page => Form(page) is not null);
    }

    /// <summary>Answers a question of the baseline test: the first option, 0.5, the order as it stands, or these words.</summary>
    /// <param name="number">Which one it is; it is on the page.</param>
    /// <returns>The seconds until the next question arrived.</returns>
    public async Task<double> AnswerAsync(int number)
    {
        RenderedNode? field = Page.Read(page => Form(page)!.All.FirstOrDefault(element => element.Name is "input" or "textarea"));
        long start = Stopwatch.GetTimestamp();
        if (field is not null)
        {
            bool isOption = field.Handlers.ContainsKey("onchange");
            string value = isOption ? field.Attributes["value"] : field.Name == "textarea" ? "The skip path carries the gradient." : "0.5";
            await Page.HappenAsync(page => Form(page)?.All.FirstOrDefault(element => element.Name == field.Name), isOption ? "change" : "input", value);
        }

        await Page.HappenAsync(Form, "submit");
        long end = await Page.UntilAsync(page => page.Elements.Any(element => element.Name == "h1" && element.Words.Contains($"Question {number + 1}", StringComparison.Ordinal)));
        return Stopwatch.GetElapsedTime(start, end).TotalSeconds;
    }

    /// <summary>Opens an experiment that runs by itself, and asks for the run once it is there.</summary>
    /// <returns>The seconds until it was among the learner's runs.</returns>
    public async Task<double> MeasureAsync(string address)
    {
        long start = Stopwatch.GetTimestamp();
        await OpenAsync(address);
        await Page.UntilAsync(page => page.Elements.Any(element => element.Is("report") && element.Attributes.ContainsKey("data-fingerprint")));
        await PressAsync(button => button.Id == "run");
        long end = await Page.UntilAsync(page => page.Elements.Any(element => element.Is("history") && element.All.Any(cell => cell.Name == "td")));
        return Stopwatch.GetElapsedTime(start, end).TotalSeconds;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        client.Dispose();
    }

    private async Task LeaveAsync()
    {
        if (page is not null)
        {
            await page.DisposeAsync();
            page = null;
        }
    }

    private static RenderedNode? Form(RenderedPage page) => page.Elements.FirstOrDefault(element => element.Is("question"))?.All.FirstOrDefault(element => element.Name == "form");
}
