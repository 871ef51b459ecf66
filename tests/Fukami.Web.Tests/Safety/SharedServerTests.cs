using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>An app that others can reach: whoever is not signed in sees the sign-in and nothing else.</summary>
public sealed partial class SharedServerTests(StudyHall hall) : StudyTest(hall)
{
    [Fact]
    public async Task Where_others_can_reach_it_everybody_needs_an_invitation_and_a_passphrase()
    {
        FukamiServer server = await ServeAsync("--listen", "0.0.0.0");
        using var stranger = new FormClient(server);
        foreach (string address in (string[])[.. AppPages.All.Select(page => page.Address).Where(address => address != "start"), "learner/export", "lab/gradient-flow/report.json"])
        {
            using HttpResponseMessage answer = await stranger.GetAsync(address);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.Equal("/start", answer.Headers.Location!.ToString());
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PostBareAsync("_blazor/negotiate?negotiateVersion=1")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("_blazor")).StatusCode);

        string invitation = Invitation().Match(server.Printed.ToString()).Groups["code"].Value;
        Assert.Equal("/start?said=invitation", await stranger.PostAsync("learner/new", ("name", "Eve"), ("passphrase", "correct horse")));
        Assert.Equal("/start?said=invitation", await stranger.PostAsync("learner/new", ("name", "Eve"), ("passphrase", "correct horse"), ("invitation", new string('a', invitation.Length))));
        Assert.Equal("/start?said=passphrase-short", await stranger.PostAsync("learner/new", ("name", "Eve"), ("passphrase", "short"), ("invitation", invitation)));

        Visitor aki = await VisitAsync(server);
        await aki.Page.GotoAsync("");
        Assert.EndsWith("/start", aki.Page.Url, StringComparison.Ordinal);
        ILocator form = aki.Page.Locator("form[action='learner/new']");
        await form.Locator("[name=name]").FillAsync("Aki");
        await form.Locator("[name=invitation]").FillAsync(invitation);
        await form.Locator("[name=passphrase]").FillAsync("correct horse");
        await form.Locator("[type=submit]").ClickAsync();
        await Assertions.Expect(aki.Page.Locator("h1")).ToContainTextAsync("Hello, Aki");

        Visitor elsewhere = await VisitAsync(server);
        await elsewhere.Page.GotoAsync("start");
        Assert.DoesNotContain("Aki", await elsewhere.Page.ContentAsync(), StringComparison.Ordinal);
        foreach ((string passphrase, string expected) in ((string, string)[])[("wrong horse", "do not fit"), ("correct horse", "Hello, Aki")])
        {
            form = elsewhere.Page.Locator("form[action='learner/sign-in']");
            await form.Locator("[name=name]").FillAsync("Aki");
            await form.Locator("[name=passphrase]").FillAsync(passphrase);
            await form.Locator("[type=submit]").ClickAsync();
            await Assertions.Expect(elsewhere.Page.Locator("body")).ToContainTextAsync(expected);
        }
    }

    [Fact]
    public async Task Ten_wrong_passphrases_close_the_door_to_the_right_one_too()
    {
        using var aki = new FormClient(Server);
        string name = $"Aki {Guid.NewGuid():N}";
        await aki.PostAsync("learner/new", ("name", name), ("language", "en"), ("passphrase", "correct horse"));
        using var thief = new FormClient(Server);
        string token = await thief.TokenAsync();
        string[] told = await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
        {
            using HttpResponseMessage answer = await thief.PostBareAsync("learner/sign-in", ("name", name), ("passphrase", $"wrong horse {i}"), ("__RequestVerificationToken", token));
            return answer.Headers.Location!.ToString();
        }));
        Assert.All(told, to => Assert.Equal("/start?said=sign-in", to));
        Assert.Equal("/start?said=sign-in", await thief.PostAsync("learner/sign-in", ("name", name), ("passphrase", "correct horse")));
    }

    [Fact]
    public void Ten_wrong_passphrases_close_the_door_for_five_minutes()
    {
        string file = Path.Combine(NewFolder(), "passphrases.json");
        var passphrases = new Passphrases(file);
        var aki = Guid.NewGuid();
        var ben = Guid.NewGuid();
        passphrases.Set(aki, "correct horse");
        passphrases.Set(ben, "battery staple");
        DateTimeOffset now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (int i = 0; i < 9; i++)
        {
            Assert.False(passphrases.Fits(aki, "wrong horse", now));
        }

        Assert.True(passphrases.Fits(aki, "correct horse", now)); // which forgives the nine
        Parallel.For(0, 10, i => Assert.False(passphrases.Fits(aki, "wrong horse", now)));
        Assert.False(passphrases.Fits(aki, "correct horse", now));
        Assert.True(passphrases.Fits(ben, "battery staple", now));
        Assert.False(passphrases.Fits(aki, "correct horse", now.AddMinutes(4.9)));
        Assert.True(passphrases.Fits(aki, "correct horse", now.AddMinutes(5)));
        Assert.True(new Passphrases(file).Fits(aki, "correct horse", now));
        Assert.DoesNotContain("horse", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [GeneratedRegex("invitation (?<code>[a-z0-9]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Invitation();
}
