using Fukami.Course;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>What a learner sees when the program or the network goes away in the middle of a session, and that nothing is lost.</summary>
public sealed class InterruptionTests(StudyHall hall) : StudyTest(hall)
{
    private const string Session = "residual-and-normalization";

    [Fact]
    public async Task A_page_goes_on_at_the_same_step_by_itself_after_the_server_was_killed_and_started_again()
    {
        FukamiServer server = await ServeAsync();
        Visitor aki = await LearnerAsync(server: server);
        await aki.Page.BeginSessionAsync(Session);
        for (int i = 0; i < 4; i++)
        {
            await aki.Page.StepAsync();
        }

        string step = await aki.Page.PresentStepAsync();
        string[] answered = (await server.EventsAsync(aki.Name)).Answered(Session);
        aki.Expects = _ => true; // the connection is refused until the server is back
        server.Kill();
        await Assertions.Expect(aki.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        await server.StartAgainAsync();
        await Assertions.Expect(aki.Page.GetByText("You go on where you stopped.")).ToBeVisibleAsync();
        await Assertions.Expect(aki.Page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        Assert.Equal(step, await aki.Page.PresentStepAsync());
        Assert.Equal(answered, (await server.EventsAsync(aki.Name)).Answered(Session));
        Assert.NotEmpty(answered);
        Assert.True(await aki.Page.StepAsync());
    }

    [Fact]
    public async Task A_lost_network_is_said_and_a_page_goes_on_once_it_is_back()
    {
        Visitor aki = await LearnerAsync();
        await aki.Page.RememberSocketsAsync();
        await aki.Page.BeginSessionAsync(Session);
        while (await aki.Page.Locator(".step .question form").CountAsync() == 0)
        {
            await aki.Page.StepAsync();
        }

        ILocator card = aki.Page.Locator(".step").Last.Locator(".question");
        await card.Locator("form input").FillAsync("0.125");
        aki.Expects = _ => true; // the browser says that the network is gone
        await aki.Page.CutAsync();
        await Assertions.Expect(aki.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        await aki.Context.SetOfflineAsync(false);
        await Assertions.Expect(aki.Page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        await Assertions.Expect(card.Locator("form input")).ToHaveValueAsync("0.125");
        await card.Locator("form [type=submit]").ClickAsync();
        await Assertions.Expect(card.Locator("[id^=judgement-]")).ToContainTextAsync("0.125");
        QuestionAnswered answer = Assert.Single((await Server.EventsAsync(aki.Name)).OfType<QuestionAnswered>());
        Assert.Equal(0.125, Assert.IsType<GivenNumber>(answer.Answer).Value);
    }
}
