using System.Net;
using System.Text.RegularExpressions;

namespace Fukami.Web.Tests;

/// <summary>Somebody who speaks to the app without a browser, and keeps its cookies.</summary>
internal sealed partial class FormClient : IDisposable
{
    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false };
    private readonly HttpClient client;

    public FormClient(FukamiServer server) => client = new HttpClient(handler) { BaseAddress = server.Address };

    /// <summary>The cookies.</summary>
    public CookieContainer Cookies => handler.CookieContainer;

    /// <summary>Asks for an address.</summary>
    public Task<HttpResponseMessage> GetAsync(string address) => client.GetAsync(address);

    /// <summary>Sends fields as they are.</summary>
    public Task<HttpResponseMessage> PostBareAsync(string address, params (string Name, string Value)[] fields) =>
        client.PostAsync(address, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    /// <summary>Sends any content.</summary>
    public Task<HttpResponseMessage> PostBareAsync(string address, HttpContent content) => client.PostAsync(address, content);

    /// <summary>Sends a form as a page would, with the token that the page at <c>/start</c> gives.</summary>
    /// <returns>Where it leads.</returns>
    public async Task<string> PostAsync(string address, params (string Name, string Value)[] fields)
    {
        using HttpResponseMessage answer = await PostBareAsync(address, [.. fields, ("__RequestVerificationToken", await TokenAsync())]);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    /// <summary>The token that forms carry.</summary>
    public async Task<string> TokenAsync() => Token().Match(await client.GetStringAsync("start")).Groups["token"].Value;

    public void Dispose()
    {
        client.Dispose();
        handler.Dispose();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
