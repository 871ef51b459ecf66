using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>Who has asked their system for less motion sees none.</summary>
public sealed class MotionTests(StudyHall hall) : StudyTest(hall)
{
    /// <summary>Everything on the page, and what stands before and behind it by style alone, that would move for longer than a blink, in milliseconds.</summary>
    private const string Moving = """
        () => {
            const blink = 100;
            const longest = times => Math.max(...times.split(',').map(time => parseFloat(time) * (time.trim().endsWith('ms') ? 1 : 1000)));
            const found = [];
            for (const element of document.querySelectorAll('*')) {
                for (const part of [null, '::before', '::after']) {
                    const style = getComputedStyle(element, part);
                    const isAnimated = style.animationName !== 'none' && (longest(style.animationDuration) > blink || style.animationIterationCount.includes('infinite'));
                    const isChanged = style.transitionProperty !== 'none' && longest(style.transitionDuration) > blink;
                    if (isAnimated || isChanged || style.scrollBehavior === 'smooth') found.push(element.cloneNode().outerHTML + (part ?? ''));
                }
            }
            return found;
        }
        """;

    [Fact]
    public async Task With_reduced_motion_nothing_moves_for_longer_than_a_blink_on_the_home_session_and_lab_pages()
    {
        Visitor aki = await LearnerAsync();
        await aki.Page.ShowAsync("home", "");
        await IsStillAsync(aki.Page);
        await aki.Page.StudyUntilMeasuredAsync("residual-and-normalization", "word-memory");
        await IsStillAsync(aki.Page);
        await aki.Page.ShowAsync("experiment", AppPages.SmallRun);
        await IsStillAsync(aki.Page);
        await aki.Page.GotoAsync("lab/depth-training?seeds=20");
        await aki.Page.LiveAsync();
        await aki.Page.Locator("#run").ClickAsync();
        await Assertions.Expect(aki.Page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await IsStillAsync(aki.Page);

        // whoever has not asked for it sees motion there: what is looked for above can be found
        await aki.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.NoPreference });
        Assert.NotEmpty(await aki.Page.EvaluateAsync<string[]>(Moving));
        await aki.Page.Locator("#stop").ClickAsync();
        await Assertions.Expect(aki.Page.Locator("#run")).ToBeEnabledAsync();
    }

    private static async Task IsStillAsync(IPage page) => Assert.Empty(await page.EvaluateAsync<string[]>(Moving));
}
