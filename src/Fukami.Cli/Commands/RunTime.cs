using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>Says beforehand how long a run will take.</summary>
internal static class RunTime
{
    /// <summary>About how long so many operations take here.</summary>
    public static TimeSpan Of(double operations) => TimeSpan.FromSeconds(EngineSpeed.Seconds(operations));

    /// <summary>Says it where it is long.</summary>
    public static void SayIfLong(Terminal terminal, double operations)
    {
        TimeSpan time = Of(operations);
        if (time > TimeSpan.FromSeconds(10))
        {
            string about = ProgressLine.Duration(time);
            terminal.Error.WriteLine(terminal.Say(
                $"This will take about {about}; Ctrl-C stops it and keeps what it has.",
                $"約 {about} かかります。Ctrl-C で中断しても、それまでの結果は残ります。"));
        }
    }
}
