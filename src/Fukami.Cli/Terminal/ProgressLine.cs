using System.Diagnostics;
using System.Globalization;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>
/// Progress on standard error. On a screen one line is written over, with the share done and the time left; elsewhere there is a line each second.
/// </summary>
internal sealed class ProgressLine(Terminal terminal) : IProgress<ExperimentProgress>, IDisposable
{
    private static readonly TimeSpan ScreenPause = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan FilePause = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan shown = TimeSpan.MinValue;
    private bool dirty;

    /// <inheritdoc/>
    public void Report(ExperimentProgress value) => Show(value.Done, terminal.Say(value.Doing));

    /// <summary>Shows the share done and what is being done.</summary>
    public void Show(double done, string doing)
    {
        lock (gate)
        {
            TimeSpan now = watch.Elapsed;
            if (shown != TimeSpan.MinValue && now - shown < (terminal.LiveErrors ? ScreenPause : FilePause))
            {
                return;
            }

            shown = now;
            string line = string.Create(CultureInfo.InvariantCulture, $"{100 * done,3:0} % {Left(done, now)}{doing}");
            if (!terminal.LiveErrors)
            {
                terminal.Error.WriteLine(line);
                return;
            }

            List<string> fitting = DisplayWidth.Wrap(line, terminal.Width - 1);
            terminal.Error.Write($"\r{DisplayWidth.PadRight(fitting[0], terminal.Width - 1)}");
            terminal.Error.Flush();
            dirty = true;
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (dirty)
        {
            terminal.Error.Write($"\r{new string(' ', terminal.Width - 1)}\r");
            terminal.Error.Flush();
            dirty = false;
        }
    }

    private string Left(double done, TimeSpan now)
    {
        if (done <= 0 || now < TimeSpan.FromSeconds(1))
        {
            return "";
        }

        string left = Duration(TimeSpan.FromSeconds(now.TotalSeconds * (1 - done) / done));
        return terminal.Say($"({left} left) ", $"（残り {left}）");
    }

    /// <summary>A duration as a person reads it: 8 s, 3 min 20 s, 2 h 5 min.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min"),
    };
}
