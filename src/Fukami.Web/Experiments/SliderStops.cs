using System.Globalization;
using Fukami.Lab;

namespace Fukami.Web;

/// <summary>The values that a slider stops at. Bounds of settings are far apart, so the stops grow with the value, and end where a page is still of use; the field beside it takes every value.</summary>
internal static class SliderStops
{
    private const int EveryWholeNumberUpTo = 16;
    private const int MostTimesDefault = 32;
    private const double RealRange = 1000;
    private const int LinearSteps = 40;

    /// <summary>The stops of a setting as a person would type them; none if it has no slider.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="current">Its value, which is among them.</param>
    public static IReadOnlyList<string> Texts(Setting setting, string current) => setting switch
    {
        IntegerSetting { Name: not "seed" } whole => [.. Of(whole, whole.Parse(current)).Select(whole.Format)],
        RealSetting real => [.. Of(real, real.Parse(current)).Select(real.Format)],
        _ => [],
    };

    /// <summary>Whole numbers: every one up to 16, then four to each doubling.</summary>
    public static IReadOnlyList<int> Of(IntegerSetting setting, int current)
    {
        int last = (int)Math.Min(setting.Maximum, Math.Max(EveryWholeNumberUpTo, (long)MostTimesDefault * setting.Default));
        var stops = new SortedSet<int> { setting.Default, current };
        for (long stop = setting.Minimum; stop <= last; stop += Step(stop))
        {
            stops.Add((int)stop);
        }

        return [.. stops];
    }

    /// <summary>Numbers: 1, 1.5, 2, 3, 5, 7 and so on where the setting is positive, equal steps where it is not.</summary>
    public static IReadOnlyList<double> Of(RealSetting setting, double current)
    {
        var stops = new SortedSet<double> { setting.Default, current };
        if (setting.Minimum <= 0)
        {
            for (int i = 0; i <= LinearSteps; i++)
            {
                stops.Add(setting.Minimum + ((setting.Maximum - setting.Minimum) * i / LinearSteps));
            }

            return [.. stops];
        }

        double first = Math.Max(setting.Minimum, setting.Default / RealRange), last = Math.Min(setting.Maximum, setting.Default * RealRange);
        for (int power = (int)Math.Floor(Math.Log10(first)); power <= Math.Log10(last); power++)
        {
            foreach (string digits in (string[])["1", "1.5", "2", "3", "5", "7"])
            {
                double stop = double.Parse($"{digits}e{power}", NumberStyles.Float, CultureInfo.InvariantCulture);
                if (stop >= first && stop <= last)
                {
                    stops.Add(stop);
                }
            }
        }

        return [.. stops];
    }

    private static long Step(long stop)
    {
        long step = 1;
        while (stop / step >= EveryWholeNumberUpTo / 2)
        {
            step *= 2;
        }

        return stop < EveryWholeNumberUpTo ? 1 : step / 2;
    }
}
