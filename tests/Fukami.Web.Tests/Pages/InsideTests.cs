using Fukami.Lab;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>The inside of a model: what the page proposes, and what it says where a prompt cannot be read.</summary>
public sealed class InsideTests(StudyHall hall) : StudyTest(hall)
{
    [Theory]
    [InlineData("small-world-decoder", 3)]
    [InlineData("small-world-encoder", 1)]
    public async Task Every_example_can_be_read_by_its_model(string model, int examples)
    {
        IPage page = await OpenAsync(Language.Japanese, $"inside?model={model}");
        ILocator proposals = page.Locator("#prompt-hint button");
        await Assertions.Expect(proposals).ToHaveCountAsync(examples);
        foreach (ILocator proposal in await proposals.AllAsync())
        {
            await page.Locator("#prompt").FillAsync("");
            await proposal.ClickAsync();
            await Assertions.Expect(page.Locator("#prompt")).ToHaveValueAsync(await proposal.InnerTextAsync());
            await Assertions.Expect(page.Locator(".inside-ask [type=submit]")).ToBeEnabledAsync();
            await Assertions.Expect(page.Locator(".inside")).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        }
    }

    [Theory]
    [InlineData("en", "This tokenizer has no word for")]
    [InlineData("ja", "トークナイザーでは、入力の一部を読み取れません")]
    public async Task A_word_that_the_model_does_not_know_is_named_in_the_readers_language(string code, string said)
    {
        IPage page = await OpenAsync(code == "ja" ? Language.Japanese : Language.English, "inside?prompt=quokka");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(said);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("quokka");
    }

    private async Task<IPage> OpenAsync(Language language, string address)
    {
        Visitor aki = await LearnerAsync(language);
        await aki.Page.GotoAsync(address);
        await aki.Page.LiveAsync();
        return aki.Page;
    }
}
