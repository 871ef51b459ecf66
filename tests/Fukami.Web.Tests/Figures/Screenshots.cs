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
        foreach (Language language in (Language[])[Language.English, Language.Japanese])
        {
            string code = language == Language.Japanese ? "ja" : "en";
            Visitor aki = await VisitAsync(server, new BrowserNewContextOptions { Locale = code });
            aki.Expects = said => said.Contains("404", StringComparison.Ordinal);
            await aki.BeginAsync(language, language == Language.Japanese ? "明希" : "Aki");
            await PrepareAsync(aki.Page);
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
