using Fukami.Lab;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>A session and a report on paper: what is read is there, dark on white, and what is pressed is not.</summary>
public sealed class PrintTests(StudyHall hall) : StudyTest(hall)
{
    /// <summary>The part of a sheet of A4 between its margins, in pixels.</summary>
    private const int Sheet = 680;

    /// <summary>What is shown and can only be pressed, chosen from or typed into. The entries of a legend say which line is which, and stay.</summary>
    private const string Pressed = """
        () => [...document.querySelectorAll('nav, header, button, input, select, textarea, [role="slider"], [role="progressbar"]')]
            .filter(element => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.legend'))
            .map(element => element.outerHTML)
        """;

    /// <summary>Every text that is not dark on white or nearly white paper, with a contrast of at least 4.5 to 1.</summary>
    private const string Pale = """
        () => {
            const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
            const light = () => {
                const [red, green, blue] = [...pen.getImageData(0, 0, 1, 1).data].map(part => part / 255).map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
                return .2126 * red + .7152 * green + .0722 * blue;
            };
            const paint = colour => { pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1); return light(); };
            const found = [];
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {
                const element = texts.currentNode.parentElement;
                const box = element.getBoundingClientRect();
                if (!texts.currentNode.data.trim() || !element.checkVisibility({ visibilityProperty: true }) || box.width <= 1 || box.height <= 1) continue;
                const around = [];
                for (let one = element; one; one = one.parentElement) around.unshift(getComputedStyle(one).backgroundColor);
                let paper = paint('#fff');
                for (const colour of around) paper = paint(colour);
                const style = getComputedStyle(element);
                const ink = paint(element instanceof SVGElement ? style.fill : style.color);
                if (paper < .75 || (paper + .05) / (ink + .05) < 4.5) found.push(`${texts.currentNode.data.trim()}: ${element.outerHTML.slice(0, 200)}, ink ${ink}, paper ${paper}`);
            }
            return found;
        }
        """;

    [Theory]
    [InlineData(Language.English, "light")]
    [InlineData(Language.Japanese, "dark")]
    public async Task A_session_and_a_report_are_printed_dark_on_white_without_anything_to_press(Language language, string theme)
    {
        Visitor aki = await LearnerAsync(language, theme);
        await aki.Page.StudyUntilMeasuredAsync("residual-and-normalization", "word-memory");
        await IsPrintedAsync(aki.Page, theme, ".step > p", ".step math", ".drawn svg", ".compare .figure");
        await aki.Page.ShowAsync("experiment", AppPages.SmallRun);
        await IsPrintedAsync(aki.Page, theme, ".claim .results", ".fingerprint");
    }

    private static async Task IsPrintedAsync(IPage page, string theme, params string[] read)
    {
        await page.SetViewportSizeAsync(Sheet, 900);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (string selector in (string[])["h1", "h2", ".chart h3", ".chart .legend li", ".plot .main-svg path.js-line", ".verdict", .. read])
        {
            await Assertions.Expect(page.Locator(selector).Locator("visible=true").First).ToBeVisibleAsync();
        }

        Assert.Empty(await page.EvaluateAsync<string[]>(Pressed));
        Assert.Empty(await page.EvaluateAsync<string[]>(Pale));
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));

        // on the screen the same page has its controls, and in the dark theme its light letters: what is looked for above can be found
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        Assert.NotEmpty(await page.EvaluateAsync<string[]>(Pressed));
        if (theme == "dark")
        {
            Assert.NotEmpty(await page.EvaluateAsync<string[]>(Pale));
        }
    }
}
