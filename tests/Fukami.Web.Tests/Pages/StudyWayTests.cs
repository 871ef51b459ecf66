using Fukami.Course;
using Fukami.Lab;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>The whole way of a learner: baseline test, plan, a session, and the review on a later day.</summary>
public sealed class StudyWayTests(StudyHall hall) : StudyTest(hall)
{
    private const string Session = "residual-and-normalization";

    [Fact]
    public async Task A_learner_takes_the_baseline_studies_a_session_to_its_end_resumes_in_between_and_reviews_on_a_later_day()
    {
        FukamiServer server = await ServeAsync();
        Visitor aki = await LearnerAsync(server: server);
        int asked = await aki.Page.TakeBaselineAsync();
        Assert.InRange(asked, BaselineTest.FewestQuestions, BaselineTest.MostQuestions);
        await aki.Page.GotoAsync("");
        await Assertions.Expect(aki.Page.Locator("ol.plan li").First).ToContainTextAsync("Residual connections");

        await aki.Page.BeginSessionAsync(Session);
        for (int i = 0; i < 5; i++)
        {
            await aki.Page.StepAsync("gradients");
        }

        // another browser with the same cookie, and a second tab beside it
        string step = await aki.Page.PresentStepAsync();
        Visitor elsewhere = await VisitAsync(server, new BrowserNewContextOptions { StorageState = await aki.Context.StorageStateAsync() });
        IPage tab = await aki.OpenTabAsync();
        foreach (IPage page in (IPage[])[elsewhere.Page, tab])
        {
            await page.GotoAsync($"session/{Session}");
            await Assertions.Expect(page.GetByText("You go on where you stopped.")).ToBeVisibleAsync();
            Assert.Equal(step, await page.PresentStepAsync());
        }

        while (await elsewhere.Page.StepAsync("gradients"))
        {
            // to the end
        }

        await Assertions.Expect(tab.Locator("#step-closing")).ToBeVisibleAsync();
        IReadOnlyList<StudyEvent> events = await server.EventsAsync(aki.Name);
        string[] answered = events.Answered(Session);
        Assert.Equal(answered.Distinct(), answered);
        Assert.Equal(CourseFolder.Open(CourseFolder.Shipped).Session(Session, Language.English)!.Questions.Select(question => question.Id).Order(), answered.Order());
        Assert.Contains(events.OfType<ExperimentMeasured>(), measured => measured.Block == "gradients");
        Assert.Single(events.OfType<SessionFinished>());

        aki.Expects = elsewhere.Expects = _ => true; // their pages lose the connection
        await server.WaitDaysAsync(30);
        IPage later = await aki.OpenTabAsync();
        await later.GotoAsync("review");
        string title = await later.Locator("#review-title").InnerTextAsync();
        int reviewed = 0;
        while (await later.Locator(".question").CountAsync() > 0)
        {
            await later.Locator(".question").AnswerAsync();
            await later.Locator("#continue").ClickAsync();
            reviewed++;
            await later.WaitForFunctionAsync("next => ['Review', next].includes(document.getElementById('review-title').innerText.split(' of ')[0])", $"Review {reviewed + 1}");
        }

        Assert.Equal(reviewed, (await server.EventsAsync(aki.Name)).Answered(ReviewSchedule.Source).Length);
        Assert.True(reviewed > 5);
        Assert.Equal($"Review 1 of {reviewed}", title);
        await Assertions.Expect(later.Locator("main")).ToContainTextAsync("Nothing is due. The next question comes back on");
    }

    [Fact]
    public async Task The_same_way_is_walked_in_Japanese()
    {
        Visitor aki = await LearnerAsync(Language.Japanese);
        await Assertions.Expect(aki.Page.Locator("html")).ToHaveAttributeAsync("lang", "ja");
        await aki.Page.GotoAsync("baseline");
        await aki.Page.Locator("button.primary").ClickAsync();
        await aki.Page.Locator(".question").AnswerAsync();
        await Assertions.Expect(aki.Page.Locator("h1")).ToContainTextAsync("第 2 問");

        await aki.Page.BeginSessionAsync(Session);
        for (int i = 0; i < 6; i++)
        {
            await aki.Page.StepAsync("gradients");
        }

        await Assertions.Expect(aki.Page.Locator("article > .soft").First).ToContainTextAsync("第 1 回");
        Assert.DoesNotMatch("Continue|Answer|Measured|Run it", await aki.Page.Locator("main").InnerTextAsync());
        IReadOnlyList<StudyEvent> events = await Server.EventsAsync(aki.Name);
        Assert.Single(events.Answered(BaselineTest.Source));
        Assert.Contains(events.OfType<ExperimentMeasured>(), measured => measured.Block == "gradients");
    }
}
