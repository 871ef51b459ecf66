using Fukami.Course;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>A learner's way through the pages, by what they see and press.</summary>
internal static class StudyWalk
{
    private const string Signature =
        "() => [location.pathname, document.querySelector('h1')?.innerText, ...[...document.querySelectorAll('.step')].map(step => step.id), document.getElementById('step-closing') !== null].join('|')";

    /// <summary>Answers the baseline test to its end: an option, “I don't know” and “I knew this once” by turns.</summary>
    /// <returns>How many questions were asked.</returns>
    public static async Task<int> TakeBaselineAsync(this IPage page)
    {
        await page.GotoAsync("baseline");
        await page.Locator("button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".question")).ToBeVisibleAsync();
        int asked = 0;
        while (await page.Locator(".question").CountAsync() > 0)
        {
            string before = await page.EvaluateAsync<string>(Signature);
            if (asked % 3 == 0)
            {
                await page.Locator(".question").AnswerAsync();
            }
            else
            {
                await page.Locator(".question form button.quiet").Nth(asked % 3 - 1).ClickAsync();
            }

            await page.WaitForFunctionAsync($"before => ({Signature})() !== before", before);
            asked++;
        }

        return asked;
    }

    /// <summary>Answers a question: the first option, 0.5, the order as it stands, or these words.</summary>
    public static async Task AnswerAsync(this ILocator card, string words = "The skip path carries the gradient.")
    {
        await Assertions.Expect(card.Locator("form")).ToBeVisibleAsync();
        if (await card.Locator("form [type=radio], form [type=checkbox]").CountAsync() > 0)
        {
            await card.Locator("form [type=radio], form [type=checkbox]").First.CheckAsync();
        }
        else if (await card.Locator("form textarea").CountAsync() > 0)
        {
            await card.Locator("form textarea").FillAsync(words);
        }
        else if (await card.Locator("form input").CountAsync() > 0)
        {
            await card.Locator("form input").FillAsync("0.5");
        }

        await card.Locator("form [type=submit]").ClickAsync();
    }

    /// <summary>Opens a session and begins it.</summary>
    public static async Task BeginSessionAsync(this IPage page, string session)
    {
        await page.GotoAsync($"session/{session}");
        await page.Locator("button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".step").First).ToBeVisibleAsync();
    }

    /// <summary>Does what the session's present step asks for, and goes on.</summary>
    /// <param name="page">The session's page.</param>
    /// <param name="measured">The experiments that are run; the others are left out.</param>
    /// <returns>Whether there is more.</returns>
    public static async Task<bool> StepAsync(this IPage page, params string[] measured)
    {
        ILocator step = page.Locator(".step").Last;
        if (await step.Locator(".question form").CountAsync() > 0)
        {
            await step.Locator(".question").AnswerAsync();
            await Assertions.Expect(step.Locator("[id^=judgement-]")).ToBeVisibleAsync();
        }
        else if (await step.Locator(".experiment").CountAsync() > 0 && await step.GetAttributeAsync("id") is { } id && measured.Contains(id["step-".Length..], StringComparer.Ordinal))
        {
            await step.MeasureAsync();
        }

        string before = await page.EvaluateAsync<string>(Signature);
        await page.Locator(".going button").ClickAsync();
        await page.WaitForFunctionAsync($"before => ({Signature})() !== before", before);
        return await page.Locator("#step-closing").CountAsync() == 0;
    }

    /// <summary>Runs a session's experiment until its report is there.</summary>
    public static async Task MeasureAsync(this ILocator step)
    {
        if (await step.Locator(".finding.open button").CountAsync() > 0)
        {
            await step.Locator(".finding.open button").Last.ClickAsync();
        }

        await step.Locator(".actions button").ClickAsync();
        await Assertions.Expect(step.Locator(".report[data-fingerprint]")).ToBeVisibleAsync();
    }

    /// <summary>Studies a session up to an experiment, with an answer to everything before, and measures it: its report is on the page.</summary>
    public static async Task StudyUntilMeasuredAsync(this IPage page, string session, string experiment)
    {
        await page.BeginSessionAsync(session);
        ILocator step = page.Locator($"#step-{experiment}");
        while (await step.CountAsync() == 0)
        {
            await page.StepAsync();
        }

        await step.MeasureAsync();
    }

    /// <summary>Opens one of <see cref="AppPages"/> and waits until everything that it shows by itself is there.</summary>
    public static async Task ShowAsync(this IPage page, string name, string address)
    {
        await page.GotoAsync(address);
        await page.LiveAsync();
        switch (name)
        {
            case "experiment":
                await Assertions.Expect(page.Locator(".report[data-fingerprint]")).ToBeVisibleAsync();
                await Assertions.Expect(page.Locator("#run")).ToBeEnabledAsync();
                break;
            case "compare":
                await Assertions.Expect(page.Locator("section[aria-labelledby=fingerprints]")).ToBeVisibleAsync();
                break;
            case "inside":
                // while the model reads, its button is off and pale
                await Assertions.Expect(page.Locator(".inside")).ToBeVisibleAsync();
                await Assertions.Expect(page.Locator(".inside-ask [type=submit]")).ToBeEnabledAsync();
                break;
        }

        await Assertions.Expect(page.Locator(".plot:not(:has(.main-svg))")).ToHaveCountAsync(0);
    }

    /// <summary>Waits until the page is connected, and what is pressed on it counts.</summary>
    public static Task LiveAsync(this IPage page) => page.WaitForFunctionAsync("() => document.querySelector('main')?.dataset.live === 'true' || location.pathname === '/start'");

    /// <summary>From the next page on, <see cref="CutAsync"/> knows the page's sockets.</summary>
    public static Task RememberSocketsAsync(this IPage page) => page.AddInitScriptAsync(
        "window.sockets = []; window.WebSocket = class extends WebSocket { constructor(...how) { super(...how); window.sockets.push(this); } };");

    /// <summary>Takes the network away from a page, and closes its sockets: the browser leaves open ones alone.</summary>
    public static async Task CutAsync(this IPage page)
    {
        await page.Context.SetOfflineAsync(true);
        await page.EvaluateAsync("() => window.sockets.forEach(socket => socket.close())");
    }

    /// <summary>The id of the session's present step.</summary>
    public static async Task<string> PresentStepAsync(this IPage page) => (await page.Locator(".step").Last.GetAttributeAsync("id"))!;

    /// <summary>The questions that events say were answered, in order.</summary>
    public static string[] Answered(this IEnumerable<StudyEvent> events, string source) => [.. events.OfType<QuestionAnswered>().Where(answer => answer.Source == source).Select(answer => answer.Question)];
}
