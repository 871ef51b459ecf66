using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Fukami.Tensors;

/// <summary>
/// Where the time of passes goes: a stopwatch around every step of the first thread. Give it to a tape (<see cref="Tape.Profile"/>),
/// run passes, read <see cref="Parts"/>. Measuring costs some 50 ns a step.
/// </summary>
public sealed class PassProfile
{
    /// <summary>The part that is waiting for other threads.</summary>
    public const string Waiting = "waiting";

    private readonly Dictionary<(Type Operation, bool IsBackward, int Number), (long Ticks, long Times)> steps = [];
    private (long Ticks, long Times) waiting;
    private long lastEnd;

    /// <summary>
    /// Seconds of all passes so far by kind of step ("LinearProduct backward 1"), and how often it ran, the longest first;
    /// <see cref="Waiting"/> is the time between two steps that had to wait for one another.
    /// </summary>
    public IReadOnlyList<(string Part, double Seconds, long Times)> Parts =>
        [.. steps.Select(s => (Name(s.Key.Operation, s.Key.IsBackward, s.Key.Number), Seconds(s.Value.Ticks), s.Value.Times))
            .Append((Waiting, Seconds(waiting.Ticks), waiting.Times))
            .OrderByDescending(p => p.Item2)];

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        steps.Clear();
        waiting = default;
    }

    internal void BeginPass() => lastEnd = 0;

    internal long BeginStep(bool waited)
    {
        long now = Stopwatch.GetTimestamp();
        if (waited && lastEnd > 0)
        {
            waiting = (waiting.Ticks + now - lastEnd, waiting.Times + 1);
        }

        return now;
    }

    internal void EndStep(Operation operation, bool isBackward, int number, long begin)
    {
        lastEnd = Stopwatch.GetTimestamp();
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(steps, (operation.GetType(), isBackward, number), out _);
        sum = (sum.Ticks + lastEnd - begin, sum.Times + 1);
    }

    private static double Seconds(long ticks) => ticks / (double)Stopwatch.Frequency;

    private static string Name(Type operation, bool isBackward, int number)
    {
        string kind = operation.Name.Split('`')[0] + (operation.IsGenericType ? $"<{operation.GenericTypeArguments[0].Name}>" : "");
        return string.Create(CultureInfo.InvariantCulture, $"{kind} {(isBackward ? "backward" : "forward")} {number}");
    }
}
