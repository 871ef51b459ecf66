using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Fukami.Lab;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>What axe finds on every page, in both languages and both themes, on a telephone and on a desk: one learner walks through all of them.</summary>
public sealed class AccessibilityTests(StudyHall hall) : StudyTest(hall)
{
    private readonly List<string> found = [];

    [Theory]
    [MemberData(nameof(Looks.All), MemberType = typeof(Looks))]
    public async Task No_page_has_a_serious_or_critical_violation_or_is_wider_than_the_window(Language language, string theme)
    {
        Visitor aki = await LearnerAsync(language, theme);
        await aki.Page.StudyUntilMeasuredAsync("residual-and-normalization", "word-memory");
        await LookAtAsync(aki.Page, "a session with an answer and a report", theme);
        foreach ((string name, string address) in AppPages.All)
        {
            aki.Expects = said => name == "not-found" && said.Contains("404", StringComparison.Ordinal);
            await aki.Page.ShowAsync(name, address);
            await Assertions.Expect(aki.Page.Locator("html")).ToHaveAttributeAsync("lang", language == Language.Japanese ? "ja" : "en");
            await LookAtAsync(aki.Page, name, theme);
        }

        Assert.Empty(found);
    }

    [Theory]
    [InlineData(Language.English, "light")]
    [InlineData(Language.Japanese, "dark")]
    public async Task Nor_has_a_review_that_is_due_before_and_after_its_answer(Language language, string theme)
    {
        FukamiServer server = await ServeAsync();
        Visitor aki = await LearnerAsync(language, server: server);
        await aki.ChooseThemeAsync(theme);
        await aki.Page.BeginSessionAsync("residual-and-normalization");
        for (int i = 0; i < 8; i++)
        {
            await aki.Page.StepAsync();
        }

        await aki.Page.CloseAsync(); // it would lose its connection
        await server.WaitDaysAsync(30);
        IPage later = await aki.OpenTabAsync();
        await later.GotoAsync("");
        await LookAtAsync(later, "home with something due", theme);
        await later.GotoAsync("review");
        await Assertions.Expect(later.Locator(".question form")).ToBeVisibleAsync();
        await LookAtAsync(later, "a review", theme);
        await later.Locator(".question").AnswerAsync();
        await Assertions.Expect(later.Locator("#continue")).ToBeVisibleAsync();
        await LookAtAsync(later, "a review with an answer", theme);
        Assert.Empty(found);
    }

    private async Task LookAtAsync(IPage page, string name, string theme)
    {
        await page.LiveAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-dark", theme == "dark" ? "true" : "false");
        foreach (int width in (int[])[375, 1440])
        {
            await page.SetViewportSizeAsync(width, 900);
            AxeResult result = await page.RunAxe();
            found.AddRange(result.Violations
                .Where(violation => violation.Impact is "serious" or "critical")
                .SelectMany(violation => violation.Nodes.Select(node => $"{name} {width}: {violation.Id}: {node.Html} ({string.Join("; ", node.Any.Select(check => check.Message))})")));
            int beyond = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (beyond > 0)
            {
                found.Add($"{name} {width}: the page is {beyond} px wider than the window");
            }
        }
    }
}
