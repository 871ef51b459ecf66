using Fukami.Lab;

namespace Fukami.Web;

/// <summary>What a learner who rests is likely to ask for next: a slider's next stops, to either side.</summary>
internal static class NextSteps
{
    /// <summary>So many of the steps are likely enough to be measured to their end.</summary>
    public const int Likeliest = 2;

    private static readonly int[] Stops = [1, -1, 2, -2, 3, -3];

    /// <summary>The settings a few stops of a slider away, the likeliest first.</summary>
    /// <param name="address">Where the learner rests.</param>
    /// <param name="attended">The settings that were changed or come near, the last one first; after them the first slider on the page is taken.</param>
    public static IReadOnlyList<SettingValues> Of(LabAddress address, IEnumerable<string> attended)
    {
        SettingValues settings = address.Settings;
        (string name, IReadOnlyList<string> stops) = attended.Concat(SettingGroups.Of(address.Experiment).First.Select(setting => setting.Name))
            .Select(name => (name, SliderStops.Texts(settings.Settings.Single(setting => setting.Name == name), settings.Text(name))))
            .FirstOrDefault(slider => slider.Item2.Count > 1, ("", []));
        if (stops.Count == 0)
        {
            return [];
        }

        int now = stops.ToList().IndexOf(settings.Text(name));
        return [.. Stops.Select(further => now + further).Where(at => at >= 0 && at < stops.Count).Select(at => settings.With(name, stops[at]))];
    }
}
