using Fukami.Lab;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>Pictures of every page, on a telephone and on a desk, in both themes and languages. <c>eng/screenshots</c> runs it.</summary>
public sealed class Screenshots(StudyHall hall) : StudyTest(hall)
{
    /// <summary>The environment variable with the folder.</summary>
    private const string FolderVariable = "FUKAMI_SCREENSHOTS";

    [Fact(Explicit = true)]
    public async Task Every_page_is_photographed()
    {
        string folder = Directory.CreateDirectory(Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } given ? given : "screenshots").FullName;
        FukamiServer server = await ServeAsync();
        foreach (Language language in (Language[])[Language.English, Language.Japanese])
        {
            string code = language == Language.Japanese ? "ja" : "en";
            Visitor aki = await VisitAsync(server, new BrowserNewContextOptions { Locale = code });
            aki.Expects = said => said.Contains("404", StringComparison.Ordinal);
            await aki.BeginAsync(language, language == Language.Japanese ? "明希" : "Aki");
            await PrepareAsync(aki.Page);
            foreach (string theme in (string[])["light", "dark"])
            {
                await aki.Context.AddCookiesAsync([new Cookie { Name = "fukami-theme", Value = theme, Url = server.Address.ToString() }]);
                foreach (int width in (int[])[375, 1440])
                {
                    await aki.Page.SetViewportSizeAsync(width, 900);
                    foreach ((string name, string address) in AppPages.All)
                    {
                        await ShowAsync(aki.Page, name, address);
                        await aki.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{width}-{theme}-{code}.png"), FullPage = true });
                    }
                }
            }
        }
    }

    // a learner in the middle of things: the test is begun, a session has answers, an experiment is measured
    private static async Task PrepareAsync(IPage page)
    {
        await page.GotoAsync("baseline");
        await page.Locator("button.primary").ClickAsync();
        await page.Locator(".question").AnswerAsync();
        await page.BeginSessionAsync("residual-and-normalization");
        for (int i = 0; i < 5; i++)
        {
            await page.StepAsync("gradients");
        }
    }

    private static async Task ShowAsync(IPage page, string name, string address)
    {
        await page.GotoAsync(address);
        await page.LiveAsync();
        if (name == "compare" && await page.Locator("#run").CountAsync() > 0)
        {
            await page.Locator("#run").ClickAsync();
            await Assertions.Expect(page.Locator(".plot .plotly")).Not.ToHaveCountAsync(0);
        }

        if (name == "experiment")
        {
            await Assertions.Expect(page.Locator(".report[data-fingerprint]")).ToBeVisibleAsync();
        }

        if (name == "inside" && await page.Locator(".inside-ask [type=submit]").CountAsync() > 0)
        {
            await page.Locator(".inside-ask [type=submit]").First.ClickAsync();
            await Assertions.Expect(page.Locator(".inside")).ToBeVisibleAsync();
        }

        await page.WaitForTimeoutAsync(300); // charts are drawn after they are there
    }
}
