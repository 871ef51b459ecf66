using System.Globalization;
using Fukami.Lab;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>Pictures of every page, from a telephone to a wide desk, in both themes and languages, and those of the README. <c>eng/screenshots</c> and <c>eng/readme-pictures</c> run them.</summary>
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

    [Fact(Explicit = true)]
    public async Task The_pictures_of_the_readme_are_taken()
    {
        string folder = Environment.GetEnvironmentVariable(FolderVariable)!;
        foreach ((Language language, string name, string ending) in ((Language, string, string)[])[(Language.English, "Aki", ".png"), (Language.Japanese, "明希", ".ja.png")])
        {
            Visitor aki = await VisitAsync(options: new BrowserNewContextOptions { Locale = ending == ".png" ? "en" : "ja", ViewportSize = new ViewportSize { Width = 1280, Height = 900 } });
            await aki.BeginAsync(language, name);
            IPage page = aki.Page;
            await page.ShowAsync("experiment", "lab/gradient-flow?depth=24");
            await TakeAsync("lab");

            await page.ShowAsync("inside", "inside");
            await page.Locator("button.part-skip").First.ClickAsync();
            await Assertions.Expect(page.Locator("button.part-skip").First).ToHaveAttributeAsync("aria-pressed", "false");
            await Assertions.Expect(page.Locator("button.part-skip").First).ToBeEnabledAsync();
            await TakeAsync("inside");

            await page.StudyUntilMeasuredAsync("residual-and-normalization", "word-memory");
            await page.Locator("#step-predict-word").EvaluateAsync("step => step.scrollIntoView()");
            await TakeAsync("session");

            async Task TakeAsync(string picture)
            {
                await page.WaitForTimeoutAsync(1500); // charts are drawn after they are there
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, picture + ending) });
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
