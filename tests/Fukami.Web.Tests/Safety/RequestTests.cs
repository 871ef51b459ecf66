using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>What requests may do: a learner reads their own data and no other's, forms carry a token, answers forbid scripts in pages, uploads are bounded.</summary>
public sealed class RequestTests(StudyHall hall) : StudyTest(hall)
{
    private static readonly string[] Forms = ["learner/new", "learner/sign-in", "learner/sign-out", "learner/passphrase", "learner/delete", "learner/import"];

    [Fact]
    public async Task No_learner_reads_anothers_data_by_changing_an_address_or_a_cookie()
    {
        using var aki = new FormClient(Server);
        using var ben = new FormClient(Server);
        string name = $"Aki {Guid.NewGuid():N}";
        Assert.Equal("/", await aki.PostAsync("learner/new", ("name", name), ("language", "en"), ("passphrase", "correct horse")));
        Assert.Equal("/", await ben.PostAsync("learner/new", ("name", $"Ben {Guid.NewGuid():N}"), ("language", "en")));
        string akis = await ExportAsync(aki, "learner/export");
        Guid id = JsonDocument.Parse(akis).RootElement.GetProperty("id").GetGuid();
        foreach (string address in (string[])[$"learner/export?learner={id}", $"learner/export?id={id}&name={Uri.EscapeDataString(name)}"])
        {
            Assert.DoesNotContain(name, await ExportAsync(ben, address), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await ben.GetAsync($"learner/export/{id}")).StatusCode);
        Assert.Contains("said=sign-in", await ben.PostAsync("learner/sign-in", ("name", name)), StringComparison.Ordinal);
        Assert.Contains("said=sign-in", await ben.PostAsync("learner/sign-in", ("name", name), ("passphrase", "wrong horse")), StringComparison.Ordinal);

        string cookie = ben.Cookies.GetCookies(Server.Address)["fukami"]!.Value;
        foreach (string changed in (string[])[Changed(cookie, cookie.Length - 4), Changed(cookie, 0), Changed(cookie, cookie.Length / 2), id.ToString(), "", cookie + cookie])
        {
            using var thief = new FormClient(Server);
            thief.Cookies.Add(Server.Address, new System.Net.Cookie("fukami", changed));
            using HttpResponseMessage refused = await thief.GetAsync("learner/export");
            Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
            Assert.Equal("/start", refused.Headers.Location!.ToString());
        }

        static string Changed(string text, int at) => text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_and_changes_nothing()
    {
        using var aki = new FormClient(Server);
        string name = $"Aki {Guid.NewGuid():N}";
        Assert.Equal("/", await aki.PostAsync("learner/new", ("name", name), ("language", "en")));
        foreach (string form in Forms)
        {
            (string, string)[] fields = [("name", "Eve"), ("confirm", name), ("passphrase", "correct horse"), ("language", "en")];
            foreach (string token in (string[])["", "x"])
            {
                using var content = new MultipartFormDataContent();
                foreach ((string field, string value) in (IEnumerable<(string, string)>)[.. fields, ("__RequestVerificationToken", token)])
                {
                    content.Add(new StringContent(value), field);
                }

                content.Add(new StringContent("{}"), "file", "learner.json");
                Assert.Equal(HttpStatusCode.BadRequest, (await aki.PostBareAsync(form, content)).StatusCode);
            }
        }

        Assert.Contains(name, await ExportAsync(aki, "learner/export"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_forbids_scripts_within_pages_and_other_hosts()
    {
        using var aki = new FormClient(Server);
        await aki.PostAsync("learner/new", ("name", $"Aki {Guid.NewGuid():N}"), ("language", "en"));
        foreach (string address in (string[])[.. AppPages.All.Select(page => page.Address), "learner/export", "look.js", "_framework/blazor.web.js", "_blazor/negotiate", "learner/nothing", "lab/gradient-flow/report.html?depth=99999"])
        {
            using HttpResponseMessage answer = await aki.GetAsync(address);
            string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            string[] parts = policy.Split(';', StringSplitOptions.TrimEntries);
            Assert.Contains("default-src 'none'", parts);
            Assert.Contains("script-src 'self'", parts);
            Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Fact]
    public async Task The_browser_refuses_a_script_within_a_page()
    {
        Visitor aki = await LearnerAsync();
        aki.Expects = said => said.Contains("Content Security Policy", StringComparison.Ordinal);
        await aki.Page.EvaluateAsync("() => { const script = document.createElement('script'); script.textContent = 'window.attacked = true'; document.body.append(script); }");
        Assert.False(await aki.Page.EvaluateAsync<bool>("() => window.attacked === true"));
    }

    [Fact]
    public async Task An_upload_over_the_bound_is_refused_with_a_page_that_says_so_and_takes_no_memory()
    {
        string file = Path.GetTempFileName();
        try
        {
            await using (FileStream large = File.OpenWrite(file))
            {
                large.SetLength(LearnerEndpoints.LargestUpload + (1 << 20));
            }

            FukamiServer server = await ServeAsync(); // what others do at the same time takes memory too
            Visitor visitor = await VisitAsync(server);
            await visitor.Page.GotoAsync("start");
            await visitor.Page.Locator("details summary").ClickAsync();
            await visitor.Page.Locator("[type=file]").SetInputFilesAsync(file);
            long before = server.Memory;
            await visitor.Page.Locator("form[action='learner/import'] [type=submit]").ClickAsync();
            await Assertions.Expect(visitor.Page.Locator("[role=status]")).ToContainTextAsync("at most 64 MB");
            Assert.InRange(server.Memory - before, long.MinValue, 48L << 20);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"format\":\"fukami-learner\",\"version\":1}")]
    [InlineData("{\"format\":\"fukami-learner\",\"version\":99,\"learner\":null,\"events\":[{}]}")]
    [InlineData("<html><script>alert(1)</script>")]
    public async Task A_file_that_is_no_learners_data_is_refused_with_a_sentence(string content)
    {
        Visitor visitor = await VisitAsync();
        await visitor.Page.GotoAsync("start");
        await visitor.Page.Locator("details summary").ClickAsync();
        await visitor.Page.Locator("[type=file]").SetInputFilesAsync(new FilePayload { Name = "learner.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(content) });
        await visitor.Page.Locator("form[action='learner/import'] [type=submit]").ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("[role=status]")).ToContainTextAsync("nothing was added");
    }

    private static async Task<string> ExportAsync(FormClient client, string address)
    {
        using HttpResponseMessage answer = await client.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
