using Fukami.Course;

namespace Fukami.Web.Tests;

/// <summary>Learners without browsers who do the same at the same moment, and how long each of them waits.</summary>
internal sealed class StudyGroup : IAsyncDisposable
{
    private readonly FukamiServer server;
    private readonly List<CircuitVisitor> learners = [];

    private StudyGroup(FukamiServer server) => this.server = server;

    /// <summary>How many they are.</summary>
    public int Count => learners.Count;

    /// <summary>Learners come one after the other, each of them to the first question of the baseline test.</summary>
    public static async Task<StudyGroup> GatherAsync(FukamiServer server, int learners)
    {
        var group = new StudyGroup(server);
        for (int i = 1; i <= learners; i++)
        {
            group.learners.Add(await CircuitVisitor.BeginAsync(server, $"Learner {i}"));
            await group.learners[^1].BeginBaselineAsync();
        }

        return group;
    }

    /// <summary>All of them answer the question that they see.</summary>
    /// <param name="question">Its number.</param>
    /// <returns>How long they waited for the next one.</returns>
    public Task<Waits> AnswerAsync(int question) => AtOnceAsync((learner, _) => learner.AnswerAsync(question));

    /// <summary>All of them open a small experiment, each with a seed that nobody else has, and ask for the run once it is there.</summary>
    /// <returns>How long they waited until it was among their runs.</returns>
    public Task<Waits> MeasureAsync() => AtOnceAsync((learner, i) => learner.MeasureAsync($"{AppPages.SmallRun}&seed={1000 + i}"));

    /// <summary>All that each of them did is in the database, and the app complained of nothing.</summary>
    public async Task CheckAsync(int answers, int runs)
    {
        foreach (CircuitVisitor learner in learners)
        {
            Assert.Null(learner.Page.Problem);
            IReadOnlyList<StudyEvent> events = await server.EventsAsync(learner.Name);
            Assert.Equal(answers, events.Answered(BaselineTest.Source).Length);
            Assert.Equal(runs, events.OfType<LabRun>().Count());
        }

        Assert.DoesNotContain("fail:", server.Printed.ToString(), StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (CircuitVisitor learner in learners)
        {
            await learner.DisposeAsync();
        }
    }

    private async Task<Waits> AtOnceAsync(Func<CircuitVisitor, int, Task<double>> act)
    {
        TimeSpan before = server.Work;
        double[] seconds = await Task.WhenAll(learners.Select((learner, i) => Task.Run(() => act(learner, i))));
        return new Waits(seconds, server.Work - before);
    }
}
