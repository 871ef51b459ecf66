using System.Globalization;
using Fukami.Lab;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>Pictures of every page, from a telephone to a wide desk, in both themes and languages. <c>eng/screenshots</c> runs it.</summary>
public sealed class Screenshots(StudyHall hall) : StudyTest(hall)
{
    /// <summary>The environment variable with the folder.</summary>
    private const string FolderVariable = "FUKAMI_SCREENSHOTS";

    /// <summary>The environment variable with the widths in pixels, separated by spaces.</summary>
    private const string WidthsVariable = "FUKAMI_SCREENSHOT_WIDTHS";

    [Fact(Explicit = true)]
    public async Task Every_page_is_photographed()
    {
        string folder = Directory.CreateDirectory(Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } given ? given : "screenshots").FullName;
        int[] widths = [.. (Environment.GetEnvironmentVariable(WidthsVariable) is { Length: > 0 } asked ? asked : "375 1440 1920").Split(' ').Select(width => int.Parse(width, CultureInfo.InvariantCulture))];
        FukamiServer server = await ServeAsync();
        var learners = new Dictionary<string, Visitor>(StringComparer.Ordinal);
        foreach ((string code, Language language, string name) in ((string, Language, string)[])[("en", Language.English, "Aki"), ("ja", Language.Japanese, "明希")])
        {
            learners[code] = await VisitAsync(server, new BrowserNewContextOptions { Locale = code });
            learners[code].Expects = _ => true; // their pages lose the connection, and one of the pages is none
            await learners[code].BeginAsync(language, name);
            await PrepareAsync(learners[code].Page);
        }

        await server.WaitDaysAsync(2); // something is due
        foreach ((string code, Visitor aki) in learners)
        {
            foreach (string theme in (string[])["light", "dark"])
            {
                await aki.ChooseThemeAsync(theme);
                foreach (int width in widths)
                {
                    await aki.Page.SetViewportSizeAsync(width, width < 1920 ? 900 : 1080);
                    foreach ((string name, string address) in AppPages.All)
                    {
                        await aki.Page.ShowAsync(name, address);
                        await aki.Page.WaitForTimeoutAsync(300); // charts are drawn after they are there
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
}
