using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace Fukami.Web.Tests;

/// <summary>
/// A page that lives over its connection, without a browser: does what the framework's script does, and draws into a <see cref="RenderedPage"/>.
/// Functions of scripts that the app calls are answered as if they had worked.
/// </summary>
internal sealed class Circuit : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly FukamiServer server;
    private readonly FormClient client;
    private readonly HubConnection connection;
    private readonly RenderedPage page = new();
    private readonly Lock drawing = new();
    private readonly List<(Func<RenderedPage, bool> Shows, TaskCompletionSource<long> Arrived)> awaited = [];
    private readonly TaskCompletionSource<long> events = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string id = "";
    private int calls;
    private bool isLeaving;

    private Circuit(FukamiServer server, FormClient client)
    {
        (this.server, this.client) = (server, client);
        IHubConnectionBuilder builder = new HubConnectionBuilder().WithUrl(new Uri(server.Address, "_blazor"), http => http.Cookies = client.Cookies);
        builder.Services.AddSingleton<IHubProtocol, BlazorPack>();
        connection = builder.Build();
        connection.On<int, string>("JS.AttachComponent", (component, _) => Draw(() => page.Attach(component)));
        connection.On<long, byte[]>("JS.RenderBatch", DrawAsync);
        connection.On<long, string, string, int, long, int>("JS.BeginInvokeJS", AnswerAsync);
        connection.On<string, bool, string?>("JS.EndInvokeDotNet", (_, isDone, result) => FailUnless(isDone, $"an event failed: {result}"));
        connection.On<string>("JS.Error", error => FailUnless(false, error));
        connection.Closed += error =>
        {
            FailUnless(isLeaving, $"the connection was closed: {error?.Message}");
            return Task.CompletedTask;
        };
    }

    /// <summary>What went wrong first; nothing if all is well.</summary>
    public string? Problem { get; private set; }

    /// <summary>Opens a page and waits until it lives.</summary>
    public static async Task<Circuit> OpenAsync(FukamiServer server, FormClient client, string address)
    {
        using HttpResponseMessage answer = await client.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var served = ServedPage.Of(await answer.Content.ReadAsStringAsync());
        Assert.NotEmpty(served.Components);

        var circuit = new Circuit(server, client);
        await circuit.connection.StartAsync();
        circuit.id = await circuit.connection.InvokeAsync<string>("StartCircuit", server.Address.ToString(), new Uri(server.Address, address).ToString(), "[]", served.State);
        await circuit.events.Task.WaitAsync(Patience);
        await circuit.connection.SendAsync("UpdateRootComponents", served.Takeover(), served.State);
        await circuit.UntilAsync(page => page.Elements.Any(element => element.Name == "main" && element.Attributes.GetValueOrDefault("data-live") == "true"));
        return circuit;
    }

    /// <summary>Waits until the page shows something.</summary>
    /// <returns>When what shows it arrived, by <see cref="Stopwatch.GetTimestamp"/>.</returns>
    public async Task<long> UntilAsync(Func<RenderedPage, bool> shows)
    {
        var arrived = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (drawing)
        {
            awaited.Add((shows, arrived));
        }

        Draw(() => { });
        try
        {
            return await arrived.Task.WaitAsync(Patience);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"Nothing of what was waited for arrived. The page reads: {Read(page => page.Words)}", e);
        }
    }

    /// <summary>Looks at the page.</summary>
    public T Read<T>(Func<RenderedPage, T> look)
    {
        lock (drawing)
        {
            return look(page);
        }
    }

    /// <summary>Something happens to an element: it is pressed, changed or sent.</summary>
    /// <param name="find">The element; one that is not there yet, or not enabled, is waited for.</param>
    /// <param name="happening">The event, such as <c>click</c>.</param>
    /// <param name="value">The element's new value; none unless it has one.</param>
    public async Task HappenAsync(Func<RenderedPage, RenderedNode?> find, string happening, string? value = null)
    {
        await UntilAsync(page => find(page) is { IsEnabled: true } element && element.Handlers.ContainsKey($"on{happening}"));
        var told = new JsonArray(
            new JsonObject { ["eventHandlerId"] = Read(page => find(page)!.Handlers[$"on{happening}"]), ["eventName"] = happening },
            value is null ? new JsonObject() : new JsonObject { ["value"] = value });
        await connection.SendAsync("BeginInvokeDotNetFromJS", Interlocked.Increment(ref calls).ToString(CultureInfo.InvariantCulture), null, "DispatchEventAsync", await events.Task, told.ToJsonString());
    }

    /// <summary>Leaves the page as a browser does: says so, and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        isLeaving = true;
        if (connection.State == HubConnectionState.Connected)
        {
            using var farewell = new MultipartFormDataContent { { new StringContent(id), "circuitId" } };
            using HttpResponseMessage answer = await client.PostBareAsync("_blazor/disconnect", farewell);
        }

        await connection.DisposeAsync();
    }

    private async Task DrawAsync(long batch, byte[] bytes)
    {
        Draw(() => page.Apply(new RenderBatch(bytes)));
        await connection.SendAsync("OnRenderCompleted", batch, Problem);
    }

    private void Draw(Action change)
    {
        long now = Stopwatch.GetTimestamp();
        lock (drawing)
        {
            try
            {
                change();
            }
            catch (InvalidDataException e)
            {
                FailUnless(false, e.Message);
            }

            foreach ((Func<RenderedPage, bool> shows, TaskCompletionSource<long> arrived) in awaited.ToArray())
            {
                if (Problem is not null)
                {
                    arrived.TrySetException(new InvalidOperationException(Problem));
                }
                else if (!shows(page) || !arrived.TrySetResult(now))
                {
                    continue;
                }

                awaited.Remove((shows, arrived));
            }
        }
    }

    private async Task AnswerAsync(long call, string function, string arguments, int result, long target, int kind)
    {
        switch (function)
        {
            case "Blazor._internal.attachWebRendererInterop":
                events.TrySetResult(JsonNode.Parse(arguments)![1]!["__dotNetObject"]!.GetValue<long>());
                break;
            case "Blazor._internal.navigationManager.navigateTo":
                JsonNode where = JsonNode.Parse(arguments)!;
                FailUnless(where[1]?["forceLoad"]?.GetValue<bool>() != true, $"was sent away to {where[0]}");
                await connection.SendAsync("OnLocationChanged", new Uri(server.Address, where[0]!.GetValue<string>()).ToString(), null, false);
                break;
        }

        if (call != 0)
        {
            string answer = function == "fukami.isDark" ? "false" : result == (int)JSCallResultType.JSObjectReference ? """{"__jsObjectId":1}""" : "null";
            await connection.SendAsync("EndInvokeJSFromDotNet", call, true, $"[{call},true,{answer}]");
        }
    }

    private void FailUnless(bool isWell, string why)
    {
        if (!isWell)
        {
            Problem ??= why;
            events.TrySetException(new InvalidOperationException(Problem));
            Draw(() => { });
        }
    }
}
