using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>How soon a page is there: figures for <c>docs/study-app.md</c>, printed and never asserted. <c>bench/study-app</c> runs it.</summary>
public sealed class PageTimes(StudyHall hall) : StudyTest(hall)
{
    private const int Times = 5;
    private const string FirstContent = "() => new Promise(done => new PerformanceObserver(list => { const first = list.getEntries().find(e => e.name === 'first-contentful-paint'); if (first) done(first.startTime); }).observe({ type: 'paint', buffered: true }))";

    [Fact(Explicit = true)]
    public async Task The_first_page_after_the_start_and_the_first_content_of_a_session_are_timed()
    {
        var starts = new List<double>();
        for (int i = 0; i < Times; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await using FukamiServer server = await FukamiServer.StartAsync();
            using var client = new HttpClient();
            await client.GetStringAsync(new Uri(server.Address, "start"));
            starts.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        Visitor aki = await LearnerAsync();
        await aki.Page.BeginSessionAsync("residual-and-normalization");
        var contents = new List<double>();
        for (int i = 0; i < Times + 1; i++)
        {
            IPage page = await aki.OpenTabAsync();
            await page.GotoAsync("session/residual-and-normalization");
            contents.Add(await page.EvaluateAsync<double>(FirstContent));
            await page.CloseAsync();
        }

        Tell("first page, from the start of the process", starts);
        Tell("first content of a session's page", contents[1..]);
    }

    private static void Tell(string what, List<double> milliseconds) => TestContext.Current.TestOutputHelper!.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{what}: median {new Spread(milliseconds).Median:0} ms of {string.Join(", ", milliseconds.Select(time => time.ToString("0", CultureInfo.InvariantCulture)))}"));
}
