using System.Text;
using Fukami.Course;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>What learners and lessons write stays text: no element, no script, no request comes of it.</summary>
public sealed class InjectionTests(StudyHall hall) : StudyTest(hall)
{
    [Fact]
    public async Task No_learners_name_becomes_markup_on_any_page()
    {
        FukamiServer server = await ServeAsync();
        foreach (string attack in Attacks.Short)
        {
            using var learner = new FormClient(server);
            Assert.Equal("/", await learner.PostAsync("learner/new", ("name", attack), ("role", attack), ("group", attack), ("language", "en")));
        }

        Visitor aki = await VisitAsync(server);
        for (int i = 0; i < Attacks.Short.Count; i++)
        {
            await aki.Page.GotoAsync("start");
            await CreatedNothingAsync(aki.Page);
            await aki.Page.Locator(".people button").Nth(i).ClickAsync();
            await Assertions.Expect(aki.Page.Locator("h1")).ToContainTextAsync("Hello, ");
            await CreatedNothingAsync(aki.Page);
        }

        await aki.Page.GotoAsync("settings");
        await aki.Page.LiveAsync();
        ILocator form = aki.Page.Locator("section[aria-labelledby=you]");
        await form.Locator("input").Nth(1).FillAsync(string.Join(' ', Attacks.Short)[..200]);
        await form.Locator("input").Nth(2).FillAsync(Attacks.Short[1]);
        await form.Locator("button.primary").ClickAsync();
        await Assertions.Expect(form.Locator("[role=status]")).ToHaveTextAsync("Saved.");
        foreach (string address in (string[])["settings", "", "start"])
        {
            await aki.Page.GotoAsync(address);
            await CreatedNothingAsync(aki.Page);
        }

        await Assertions.Expect(aki.Page.Locator(".people button")).ToHaveCountAsync(Attacks.Short.Count);
    }

    [Fact]
    public async Task No_answer_in_words_and_no_feedback_becomes_markup()
    {
        Visitor aki = await LearnerAsync();
        await aki.Page.BeginSessionAsync("residual-and-normalization");
        int said = 0;
        bool more = true;
        while (more)
        {
            ILocator step = aki.Page.Locator(".step").Last;
            if (await step.Locator("form textarea").CountAsync() > 0)
            {
                // all of them at once, each answer begins with another one and is as long as an answer may be
                await step.Locator("form textarea").FillAsync(string.Join("\n\n", Attacks.Long.Skip(said++).Append(Attacks.Long[0])).PadRight(20_000, 'あ'));
                await step.Locator("form [type=submit]").ClickAsync();
                await Assertions.Expect(step.Locator("[id^=judgement-]")).ToContainTextAsync("data-attack");
                await CreatedNothingAsync(aki.Page);
            }
            else if (await step.Locator("textarea").CountAsync() > 0)
            {
                await step.Locator("textarea").First.FillAsync(string.Join("\n\n", Attacks.Long)[..4000]);
                await step.Locator(".actions button").ClickAsync();
                await Assertions.Expect(step.GetByText("Kept;")).ToBeVisibleAsync();
            }

            more = await aki.Page.StepAsync();
        }

        Assert.True(said > 1);
        await aki.Page.ReloadAsync();
        await CreatedNothingAsync(aki.Page);
        await aki.Page.BeginSessionAsync("query-key-value"); // it quotes the wishes of the last one
        await CreatedNothingAsync(aki.Page);
        Assert.NotEmpty((await Server.EventsAsync(aki.Name)).OfType<FeedbackGiven>());
    }

    [Fact]
    public async Task No_lessons_Markdown_becomes_more_than_text()
    {
        DirectoryInfo course = Directory.CreateTempSubdirectory("fukami-course-");
        try
        {
            Copy(CourseFolder.Shipped, course.FullName);
            string file = Path.Combine(course.FullName, "en", "1-residual-and-normalization.md");
            string text = await File.ReadAllTextAsync(file);
            string attacks = string.Join("\n\n", Attacks.Long.Where(attack => !attack.Contains("{{", StringComparison.Ordinal)));
            const string Anchor = "The procedure is always the same";
            Assert.Contains(Anchor, text, StringComparison.Ordinal);
            await File.WriteAllTextAsync(file, text.Replace(Anchor, $"{attacks}\n\nAfter the attacks.\n\n{Anchor}", StringComparison.Ordinal), Encoding.UTF8);
            FukamiServer server = await ServeAsync("--course", course.FullName);
            Visitor aki = await LearnerAsync(server: server);
            await aki.Page.BeginSessionAsync("residual-and-normalization");
            await Assertions.Expect(aki.Page.GetByText("After the attacks.")).ToBeVisibleAsync();
            await CreatedNothingAsync(aki.Page);
        }
        finally
        {
            course.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task No_address_becomes_markup()
    {
        Visitor aki = await LearnerAsync();
        aki.Expects = said => said.Contains("404", StringComparison.Ordinal);
        foreach ((int i, string attack) in Attacks.Long.Index())
        {
            string part = Uri.EscapeDataString(attack.Length > 500 ? attack[..500] : attack);
            string[] addresses = [$"lab/{part}", $"lab/gradient-flow?depth={part}", $"lab/gradient-flow?preset={part}", $"lab/compare?a={part}&b=x", $"session/{part}", $"start?said={part}", $"settings?said={part}", $"inside?prompt={part}&model={part}"];
            foreach (string address in (string[])[addresses[i % addresses.Length], addresses[(i + 3) % addresses.Length]])
            {
                await aki.Page.GotoAsync(address);
                await CreatedNothingAsync(aki.Page);
            }
        }
    }

    private static async Task CreatedNothingAsync(IPage page) => Assert.Empty(await page.EvaluateAsync<string[]>(Attacks.Created));

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
