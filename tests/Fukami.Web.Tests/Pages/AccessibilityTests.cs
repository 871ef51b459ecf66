using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Fukami.Lab;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>What axe finds on every page, in both themes, on a telephone and on a desk.</summary>
public sealed class AccessibilityTests(StudyHall hall) : StudyTest(hall)
{
    public static TheoryData<string> Names => [.. AppPages.All.Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_page_has_a_serious_or_critical_violation(string name)
    {
        string address = AppPages.All.Single(page => page.Name == name).Address;
        var found = new List<string>();
        Visitor aki = await LearnerAsync(name is "settings" or "lab" ? Language.Japanese : Language.English);
        aki.Expects = said => name == "not-found" && said.Contains("404", StringComparison.Ordinal);
        if (name == "session")
        {
            await aki.Page.BeginSessionAsync("residual-and-normalization");
            await aki.Page.StepAsync();
            await aki.Page.StepAsync();
        }

        foreach (string theme in (string[])["light", "dark"])
        {
            await aki.Context.AddCookiesAsync([new Cookie { Name = "fukami-theme", Value = theme, Url = Server.Address.ToString() }]);
            await aki.Page.GotoAsync(address);
            await aki.Page.LiveAsync();
            if (name == "experiment")
            {
                await Assertions.Expect(aki.Page.Locator(".report[data-fingerprint]")).ToBeVisibleAsync();
            }

            if (name == "inside")
            {
                // while the model reads, its button is off and pale
                await Assertions.Expect(aki.Page.Locator(".inside-ask [type=submit]")).ToBeEnabledAsync();
            }

            foreach (int width in (int[])[375, 1440])
            {
                await aki.Page.SetViewportSizeAsync(width, 900);
                Assert.Equal(theme == "dark" ? "true" : "false", await aki.Page.Locator("html").GetAttributeAsync("data-dark"));
                AxeResult result = await aki.Page.RunAxe();
                found.AddRange(result.Violations
                    .Where(violation => violation.Impact is "serious" or "critical")
                    .SelectMany(violation => violation.Nodes.Select(node => $"{theme} {width}: {violation.Id}: {node.Html} ({string.Join("; ", node.Any.Select(check => check.Message))})")));
                int beyond = await aki.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                if (beyond > 0)
                {
                    found.Add($"{theme} {width}: the page is {beyond} px wider than the window");
                }
            }
        }

        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }
}
