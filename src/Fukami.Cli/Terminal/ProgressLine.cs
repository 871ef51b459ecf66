using System.Diagnostics;
using System.Globalization;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>
/// Progress on standard error. On a screen one line is written over, with the share done and the time left; elsewhere there is a line from time to time.
/// </summary>
internal sealed class ProgressLine(Terminal terminal, TimeSpan? filePause = null) : IProgress<ExperimentProgress>, IDisposable
{
    private const double LeastShare = 0.02; // what has been done so far is mostly preparation, and says little about the rest

    private static readonly TimeSpan ScreenPause = TimeSpan.FromMilliseconds(80);
    private readonly TimeSpan filePause = filePause ?? TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan shown = TimeSpan.MinValue;
    private bool dirty;

    /// <inheritdoc/>
    public void Report(ExperimentProgress value) => Show(value.Done, terminal.Say(value.Doing));

    /// <summary>Shows the share done and what is being done.</summary>
    /// <param name="done">0 to 1.</param>
    /// <param name="doing">What is being done.</param>
    /// <param name="left">How long it will still take; estimated from the share unless given.</param>
    public void Show(double done, string doing, TimeSpan? left = null)
    {
        lock (gate)
        {
            TimeSpan now = watch.Elapsed;
            if (shown != TimeSpan.MinValue && now - shown < (terminal.LiveErrors ? ScreenPause : filePause))
            {
                return;
            }

            shown = now;
            string line = string.Create(CultureInfo.InvariantCulture, $"{100 * done,3:0} % {Left(done, now, left)}{doing}");
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

    /// <summary>Writes a line that stays.</summary>
    public void Keep(string line)
    {
        lock (gate)
        {
            Clear();
            terminal.Error.WriteLine(line);
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            Clear();
        }
    }

    private string Left(double done, TimeSpan now, TimeSpan? known)
    {
        if (done <= 0 || now < TimeSpan.FromSeconds(1) || (known is null && done < LeastShare))
        {
            return "";
        }

        string left = Duration(known ?? TimeSpan.FromSeconds(now.TotalSeconds * (1 - done) / done));
        return terminal.Say($"({left} left) ", $"（残り {left}）");
    }

    private void Clear()
    {
        if (dirty)
        {
            terminal.Error.Write($"\r{new string(' ', terminal.Width - 1)}\r");
            terminal.Error.Flush();
            dirty = false;
        }
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
