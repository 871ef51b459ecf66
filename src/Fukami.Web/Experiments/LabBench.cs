using System.Diagnostics;
using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Web;

/// <summary>
/// An experiment on a page: its settings as they are changed, its run, and the last good figures. Small runs begin with every change, and the run before is stopped;
/// long ones wait until they are asked for. To be used from one page, on its own thread of events.
/// </summary>
/// <param name="learner">Whose it is.</param>
/// <param name="tools">What runs and remembers.</param>
/// <param name="changed">Shows what has changed.</param>
/// <param name="record">Keeps a run in the learner's history.</param>
internal sealed class LabBench(Guid learner, LabTools tools, Func<Task> changed, Func<LabRun, Task> record) : IDisposable
{
    /// <summary>A change is settled, and its run worth keeping, after this time without another.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromSeconds(1.5);

    private const double MostAhead = 1; // seconds of a run that nobody may ask for

    private static readonly TimeSpan EarlierStays = TimeSpan.FromSeconds(1); // so that no chart goes and comes back at once
    private static readonly TimeSpan Drawn = TimeSpan.FromMilliseconds(100); // new figures are on the screen by then, if the browser has the machine
    private static readonly TimeSpan FirstGlance = TimeSpan.FromMilliseconds(8);
    private static readonly TimeSpan NextGlance = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, string> drafts = new(StringComparer.Ordinal);
    private readonly List<string> attended = []; // the settings that were changed or come near, the last one first
    private long lastShown;
    private int changes;
    private string? recorded;

    /// <summary>The experiment with its settings; none before <see cref="Open"/>.</summary>
    public LabAddress? Address { get; private set; }

    /// <summary>What is impossible about what was asked for, or went wrong; the figures before it stay.</summary>
    public LocalizedText? Problem { get; private set; }

    /// <summary>Whether the problem is that of an address that was opened.</summary>
    public bool IsBadAddress { get; private set; }

    /// <summary>The last good report, perhaps of settings before the last change.</summary>
    public Report? Report { get; private set; }

    /// <summary>The whole report before it, where the report is of a run that has only begun: what is missing there stays from here.</summary>
    public Report? Earlier { get; private set; }

    /// <summary>The settings of the report as the page has them.</summary>
    public LabAddress? Reported { get; private set; }

    /// <summary>The run that waits or goes on; none if none does.</summary>
    public QueuedRun? Run { get; private set; }

    /// <summary>What is said aloud when a run has ended.</summary>
    public LocalizedText? Announcement { get; private set; }

    /// <summary>Whether every change is measured at once.</summary>
    public bool IsSmall { get; private set; }

    /// <summary>About how long a run of these settings takes, in seconds.</summary>
    public double Seconds { get; private set; }

    /// <summary>Whether the report is of these settings, and whole.</summary>
    public bool IsCurrent => Report is { Partial: false, Interrupted: false } && Reported is not null && ReferenceEquals(Reported.Settings, Address?.Settings);

    /// <summary>How many runs come before one that waits, and about how many seconds until it begins.</summary>
    public (int Before, double Seconds)? Place => Run is { HasBegun: false } waits ? tools.Queue.PlaceOf(waits) : null;

    /// <summary>What a control shows: what was typed, also where it is not allowed.</summary>
    public string Text(string setting) => drafts.GetValueOrDefault(setting) ?? Address!.Settings.Text(setting);

    /// <summary>Whether what a control shows is not allowed.</summary>
    public bool IsWrong(string setting) => drafts.ContainsKey(setting);

    /// <summary>Begins with an address; with the defaults where it is impossible, and says so.</summary>
    public void Open(Experiment experiment, string query, bool runs)
    {
        Stop();
        drafts.Clear();
        (Report, Earlier, Reported, Announcement) = (null, null, null, null);
        try
        {
            LabAddress read = LabAddress.Read(experiment, query);
            _ = tools.Models.Open(read.Settings);
            Take(read);
            (Problem, IsBadAddress) = (null, false);
        }
        catch (LabException e)
        {
            Take(new LabAddress(experiment, experiment.Defaults));
            (Problem, IsBadAddress) = (e.Sentence, true);
            return;
        }

        if (!runs)
        {
            return;
        }

        if (tools.Reports.Find(experiment, tools.Models.Open(Address!.Settings)) is { } known)
        {
            Show(known, Address);
            _ = LookAheadAsync(known, Address);
        }
        else if (IsSmall)
        {
            Begin(isRecorded: false, tools.Memory);
        }
    }

    /// <summary>Changes a setting.</summary>
    public void Set(string setting, string value)
    {
        drafts[setting] = value;
        Attend(setting);
        Change(() =>
        {
            SettingValues settings = Address!.Settings;
            foreach ((string name, string draft) in drafts)
            {
                settings = settings.With(name, draft);
            }

            return Address with { Settings = settings };
        });
    }

    /// <summary>The learner may be about to move a slider.</summary>
    public void Approach(string setting)
    {
        if (attended is [{ } last, ..] && last == setting)
        {
            return;
        }

        Attend(setting);
        if (IsCurrent)
        {
            LookAhead(Report!, Address!);
        }
    }

    /// <summary>Takes the settings of a preset; the defaults where none is given.</summary>
    public void Use(Preset? preset)
    {
        drafts.Clear();
        Change(() => new LabAddress(Address!.Experiment, Address.Experiment.Defaults.With(preset?.Assignments ?? []), preset));
    }

    /// <summary>Runs it because the learner asks for it: anew where it has been measured.</summary>
    public void Start()
    {
        changes++;
        Begin(isRecorded: true, IsCurrent ? null : tools.Memory);
    }

    /// <summary>Stops what runs or waits; what it has stays.</summary>
    public void Stop()
    {
        changes++;
        Run?.Stop();
    }

    /// <summary>The page is left.</summary>
    public void Dispose()
    {
        changes++;
        Run = null;
        tools.Queue.StopOf(this);
        tools.Ahead.StopOf(this);
    }

    private void Change(Func<LabAddress> next)
    {
        changes++;
        IsBadAddress = false;
        try
        {
            LabAddress address = next();
            if (!RunTimes.IsSmall(address.Experiment, address.Settings))
            {
                address.Experiment.Check(address.Settings); // a small one is checked by the queue, at once
            }

            _ = tools.Models.Open(address.Settings);
            Take(address);
            drafts.Clear();
            Problem = null;
        }
        catch (LabException e)
        {
            Problem = e.Sentence;
            return;
        }

        if (IsSmall)
        {
            Begin(isRecorded: true, tools.Memory);
        }
        else
        {
            Leave();
        }
    }

    private void Take(LabAddress address)
    {
        Address = address;
        IsSmall = RunTimes.IsSmall(address.Experiment, address.Settings);
        Seconds = tools.Queue.Times.Seconds(address.Experiment, address.Settings);
    }

    private Report? Whole => Report is { Partial: false } ? Report : Earlier;

    // the run before has lost its purpose; while somebody drags, what it has is still worth a look
    private void Leave()
    {
        if (Run is { } before && Stopwatch.GetElapsedTime(lastShown) > NextGlance && before.Latest?.SoFar is { } soFar && Reported is not null)
        {
            Show(soFar(), Reported);
        }

        Run = null;
        tools.Queue.StopOf(this);
    }

    private void Begin(bool isRecorded, ExperimentMemory? memory)
    {
        Leave();
        LabAddress address = Address!;
        try
        {
            Run = tools.Queue.Add(learner, this, address.Experiment, tools.Models.Open(address.Settings), memory);
            (Problem, Announcement) = (null, null);
        }
        catch (LabException e)
        {
            Problem = e.Sentence;
            return;
        }

        _ = FollowAsync(Run, address, isRecorded);
    }

    private async Task FollowAsync(QueuedRun run, LabAddress address, bool isRecorded)
    {
        int began = changes;
        ExperimentProgress? seen = null;
        TimeSpan pause = FirstGlance;
        while (await Task.WhenAny(run.Completion, Task.Delay(pause, tools.Time)) != run.Completion && Run == run)
        {
            bool isDue = run.Age >= NextGlance;
            if (run.Latest is { SoFar: { } soFar } latest && latest != seen)
            {
                seen = latest;
                Report partial = await Task.Run(soFar);
                if (Run != run)
                {
                    return;
                }

                if (!isDue && ReportPanel.HasNews(partial, Whole))
                {
                    isDue = true;
                    run.Rest(Drawn);
                }

                if (isDue)
                {
                    Show(partial, address);
                }
            }

            if (isDue)
            {
                pause = NextGlance;
                await changed();
            }
        }

        if (Run != run)
        {
            return;
        }

        Run = null;
        try
        {
            Report report = await run.Completion;
            Show(report, address);
            tools.Reports.Keep(report);
            Seconds = tools.Queue.Times.Seconds(Address!.Experiment, Address.Settings);
            await changed();
            _ = LookAheadAsync(report, address);
            await SettleAsync(report, address, began, isRecorded);
        }
        catch (OperationCanceledException)
        {
            await changed();
        }
        catch (LabException e)
        {
            Problem = e.Sentence;
            await changed();
        }
    }

    private void Attend(string setting)
    {
        attended.Remove(setting);
        attended.Insert(0, setting);
    }

    // whoever rests at a value often goes one step further
    private async Task LookAheadAsync(Report report, LabAddress address)
    {
        int began = changes;
        await Task.Delay(Drawn, tools.Time);
        if (changes == began)
        {
            LookAhead(report, address);
        }
    }

    private void LookAhead(Report report, LabAddress address)
    {
        if (IsSmall && !report.Interrupted && Seconds <= MostAhead)
        {
            tools.Ahead.Measure(this, report, [.. NextSteps.Of(address, attended).Select(tools.Models.Open)]);
        }
    }

    private async Task SettleAsync(Report report, LabAddress address, int began, bool isRecorded)
    {
        if (IsSmall)
        {
            await Task.Delay(Settled, tools.Time);
        }

        if (changes != began && !report.Interrupted)
        {
            return;
        }

        int supported = report.Claims.Count(claim => claim.Verdict == Verdict.Supported), refuted = report.Claims.Count(claim => claim.Verdict == Verdict.Refuted);
        Announcement = report.Interrupted
            ? new LocalizedText("Stopped; the figures rest on what was finished.", "中断しました。数値は終わった分だけに基づいています。")
            : new LocalizedText(
                $"Finished: {supported} of {report.Claims.Count} results supported, {refuted} refuted.",
                $"終わりました。{report.Claims.Count} 件の結果のうち、支持 {supported} 件、反証 {refuted} 件です。");
        if (isRecorded && !report.Interrupted && !string.Equals(recorded, report.Fingerprint, StringComparison.Ordinal))
        {
            recorded = report.Fingerprint;
            await record(new LabRun(address.Experiment.Id, address.Changes, SessionExperiment.Figures(report), SessionExperiment.Verdicts(report), report.Fingerprint, report.ElapsedSeconds) { At = tools.Time.GetUtcNow() });
        }

        await changed();
    }

    private void Show(Report report, LabAddress address)
    {
        Earlier = report.Partial && Run?.Age < EarlierStays ? Whole : null;
        (Report, Reported) = (report, address);
        lastShown = Stopwatch.GetTimestamp();
    }
}
