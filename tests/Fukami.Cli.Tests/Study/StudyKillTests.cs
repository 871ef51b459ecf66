using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Cli.Tests;

/// <summary>The command in processes of its own that are killed at random moments of a session.</summary>
public sealed partial class StudyKillTests : IDisposable
{
    private const int Kills = 50;
    private const string Session = "residual-and-normalization";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Fifty_kills_lose_no_answered_question_and_the_session_goes_on_at_the_step_last_shown()
    {
        CommandRun.Typing(Language.English, "Aki\n\n\nen\nn\nq\n", ["study", "--data", folder.Path]);
        Block[] blocks = [.. CourseFolder.Open(CourseFolder.Shipped).Session(Session, Language.English)!.Sections.SelectMany(section => section.Blocks).Where(block => block is not WhenBlock)];
        string ofSession = blocks.Length.ToString(CultureInfo.InvariantCulture);
        var random = new Random(1);
        int reached = 1;
        int furthest = 0;
        int answers = 0;
        bool anew = false;
        for (int kill = 0; kill < Kills; kill++)
        {
            string seen = await StudyAndKillAsync(anew, string.Concat(blocks.Skip(reached - 1).Select(StudyScript.Typed)), TimeSpan.FromMilliseconds(random.Next(0, 2200)), early: kill % 5 == 4);
            int[] steps = [.. StepOf().Matches(seen).Where(step => step.Groups["steps"].Value == ofSession).Select(step => int.Parse(step.Groups["step"].Value, CultureInfo.InvariantCulture))];
            IReadOnlyList<StudyEvent> all = await EventsAsync();
            StudyEvent[] events = [.. all.Skip(all.ToList().FindLastIndex(happened => happened is SessionStarted { Session: Session }))];
            if (steps.Length > 0)
            {
                Assert.Equal(reached, steps[0]);
            }

            // what was said of an answer was said after the answer was kept; of an earlier one it is said again where the session goes on
            int now = all.OfType<QuestionAnswered>().Count();
            Assert.InRange(Acknowledged().Count(seen) - Earlier().Count(seen), -1, now - answers);
            answers = now;

            // a step is stored before it is shown, so the last stored one is where it goes on
            string? last = events.OfType<StepReached>().LastOrDefault(step => step.Session == Session)?.Step;
            reached = Math.Max(1, Array.FindIndex(blocks, block => block.Id == last) + 1);
            Assert.True(steps.Length == 0 || reached >= steps[^1]);
            furthest = Math.Max(furthest, reached);

            // a session that was finished is begun anew, until it was killed often enough
            anew = events.OfType<SessionFinished>().Any(finished => finished.Session == Session);
            reached = anew ? 1 : reached;
        }

        Assert.True(furthest > 5, $"The kills came so early that only step {furthest} was reached.");
    }

    [GeneratedRegex(@"step (?<step>\d+)/(?<steps>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StepOf();

    [GeneratedRegex(@"^\s*(Noted\. The experiment|✓ Right\.|✗ Not right\.)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Acknowledged();

    [GeneratedRegex(@"^\s*Your answer:", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Earlier();

    // types one line after the other, so that a kill falls between any two; the time counts from the first step on the screen, however slow the machine, or from the start
    private async Task<string> StudyAndKillAsync(bool anew, string typed, TimeSpan after, bool early)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "fukami.dll"), "study", "1", "--data", folder.Path, "--lang", "en", .. anew ? (string[])["--again"] : []])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        var begun = new TaskCompletionSource();
        Task<string> output = ReadAsync(process.StandardOutput, begun);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task typing = Task.Run(async () =>
        {
            try
            {
                foreach (string line in typed.Split('\n'))
                {
                    await process.StandardInput.WriteLineAsync(line);
                    await process.StandardInput.FlushAsync();
                    await Task.Delay(60);
                }
            }
            catch (IOException)
            {
                // killed
            }
        });
        await Task.WhenAny(early ? Task.CompletedTask : begun.Task, output);
        await Task.Delay(after, TestContext.Current.CancellationToken);
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await typing;
        await errors;
        return await output;
    }

    private static async Task<string> ReadAsync(StreamReader output, TaskCompletionSource begun)
    {
        var seen = new StringBuilder();
        var buffer = new char[4096];
        while (await output.ReadAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var read)
        {
            seen.Append(buffer, 0, read);
            if (!begun.Task.IsCompleted && StepOf().IsMatch(seen.ToString()))
            {
                begun.SetResult();
            }
        }

        return seen.ToString();
    }

    private async Task<IReadOnlyList<StudyEvent>> EventsAsync()
    {
        LearnerStore store = await LearnerStore.OpenAsync(StoreAddress.InFolder(folder.Path), cancellation: TestContext.Current.CancellationToken);
        Learner learner = Assert.Single(await store.ListAsync(TestContext.Current.CancellationToken));
        return await store.ReadAsync(learner.Id, TestContext.Current.CancellationToken);
    }
}
