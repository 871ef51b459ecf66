using Fukami.Course;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>Everything can be done without a mouse.</summary>
public sealed class KeyboardTests(StudyHall hall) : StudyTest(hall)
{
    private const int MostPresses = 60;

    [Fact]
    public async Task A_baseline_question_is_answered_with_the_keyboard_alone()
    {
        Visitor aki = await LearnerAsync();
        await aki.Page.GotoAsync("baseline");
        await PressAsync(aki.Page, "button.primary");
        await Assertions.Expect(aki.Page.Locator("#question-title")).ToBeFocusedAsync();
        await TabToAsync(aki.Page, ".question form input, .question form textarea, .question .order button");
        if (await aki.Page.Locator(".question form input").CountAsync() > 0)
        {
            await aki.Page.Keyboard.PressAsync("Space");
            if (await aki.Page.Locator(".question [type=text]").CountAsync() == 0)
            {
                await Assertions.Expect(aki.Page.Locator(".question form input:checked")).ToHaveCountAsync(1);
            }
        }

        await PressAsync(aki.Page, ".question [type=submit]");
        await Assertions.Expect(aki.Page.Locator("h1")).ToContainTextAsync("Question 2");
        Assert.Single((await Server.EventsAsync(aki.Name)).Answered(BaselineTest.Source));
    }

    [Fact]
    public async Task A_session_is_begun_a_prediction_given_and_its_experiment_reached_with_the_keyboard_alone()
    {
        Visitor aki = await LearnerAsync();
        await aki.Page.GotoAsync("session/residual-and-normalization");
        await PressAsync(aki.Page, "button.primary");
        await Assertions.Expect(aki.Page.Locator(".step").First).ToBeVisibleAsync();
        while (await aki.Page.Locator("#number-predict-word").CountAsync() == 0)
        {
            string before = await aki.Page.Locator("article").InnerTextAsync();
            await PressAsync(aki.Page, "#continue");
            await Assertions.Expect(aki.Page.Locator("article")).Not.ToHaveTextAsync(before);
        }

        await TabToAsync(aki.Page, "#number-predict-word");
        await aki.Page.Keyboard.TypeAsync("0.25");
        await aki.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(aki.Page.Locator("#judgement-predict-word")).ToContainTextAsync("0.25");
        await PressAsync(aki.Page, "#continue");
        await TabToAsync(aki.Page, "#step-word-memory .actions button");
    }

    [Fact(Timeout = 120_000)]
    public async Task An_experiment_is_changed_and_run_with_the_keyboard_alone()
    {
        Visitor aki = await LearnerAsync();
        await aki.Page.GotoAsync("lab/gradient-flow?depth=4&width=16&heads=2&length=8&vocabulary=50&seeds=2");
        await Assertions.Expect(aki.Page.Locator(".report[data-fingerprint]")).ToBeVisibleAsync();
        string? before = await aki.Page.Locator(".report").GetAttributeAsync("data-fingerprint");
        await TabToAsync(aki.Page, "#set-depth-slider");
        await aki.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(aki.Page.Locator(".report[data-fingerprint]")).Not.ToHaveAttributeAsync("data-fingerprint", before!);
        await PressAsync(aki.Page, "#run");
        await Assertions.Expect(aki.Page.Locator("#link")).ToBeVisibleAsync();
        await Assertions.Expect(aki.Page.Locator("#run-status")).Not.ToContainTextAsync("Running");
        while (!(await Server.EventsAsync(aki.Name)).OfType<LabRun>().Any())
        {
            await Task.Delay(200, TestContext.Current.CancellationToken); // the run is kept a moment after it is shown
        }
    }

    private static async Task PressAsync(IPage page, string selector)
    {
        await TabToAsync(page, selector);
        await page.Keyboard.PressAsync("Enter");
    }

    // a control that waits for the connection cannot be reached before it stands
    private static async Task TabToAsync(IPage page, string selector)
    {
        await Assertions.Expect(page.Locator(selector).First).ToBeEnabledAsync();
        for (int i = 0; i < MostPresses; i++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) ?? false", selector))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{selector} is not reached with the Tab key within {MostPresses} presses.");
    }
}
