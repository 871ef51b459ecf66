using Fukami.Tensors;

namespace Fukami.Lab.Tests;

public sealed class WorkbenchesTests
{
    [Fact]
    public void The_last_used_bench_of_the_kind_is_taken_and_nobody_else_gets_it()
    {
        var benches = new Workbenches();
        Workbench alone = benches.Take(alone: true), other = benches.Take(alone: true), all = benches.Take(alone: false);
        Assert.NotSame(alone, other);
        Assert.Equal((1, ThreadTeam.Shared), (alone.Team.Threads, all.Team));
        benches.GiveBack(other);
        benches.GiveBack(alone);
        benches.GiveBack(all);
        Assert.Same(alone, benches.Take(alone: true));
        Assert.Same(other, benches.Take(alone: true));
        Assert.Same(all, benches.Take(alone: false));
        Assert.NotSame(all, benches.Take(alone: false));
    }

    [Fact]
    public void What_idle_benches_hold_is_bounded_and_the_last_used_stay()
    {
        var benches = new Workbenches();
        Workbench[] large = [.. Enumerable.Range(0, 4).Select(_ => benches.Take(alone: true))];
        foreach (Workbench bench in large)
        {
            _ = new Storage("100 MB", new Shape(25_000_000), bench.Space);
            benches.GiveBack(bench);
        }

        Assert.Same(large[3], benches.Take(alone: true));
        Assert.Same(large[2], benches.Take(alone: true));
        Assert.DoesNotContain(benches.Take(alone: true), large);
    }

    [Fact]
    public void A_bench_that_holds_too_much_by_itself_drives_no_other_out()
    {
        var benches = new Workbenches();
        Workbench small = benches.Take(alone: true), huge = benches.Take(alone: true);
        _ = new Storage("300 MB", new Shape(75_000_000), huge.Space);
        benches.GiveBack(small);
        benches.GiveBack(huge);
        Assert.Same(small, benches.Take(alone: true));
        Assert.NotSame(huge, benches.Take(alone: true));
    }

    [Fact]
    public void A_run_works_in_the_memory_of_the_one_before()
    {
        var memory = new ExperimentMemory();
        var sample = new SampleExperiment();
        var spaces = new List<Workspace>();
        for (int run = 0; run < 2; run++)
        {
            var trial = new Trial<object>(1, 1, context => { spaces.Add(context.Space); return new object(); }, _ => new LocalizedText("done", "完了"));
            Trials.Run([trial, trial], _ => sample.Run(sample.Defaults), null, CancellationToken.None, memory, oneByOne: true);
        }

        Assert.Equal(4, spaces.Count);
        Assert.Single(spaces.Distinct());
    }
}
