using Fukami.Lab;

namespace Fukami.Web;

/// <summary>What a learner who rests is likely to ask for next: one stop of a slider further, to either side.</summary>
internal static class NextSteps
{
    private const int Sliders = 2;

    /// <summary>The settings one stop away, those of the slider that has the learner's attention first.</summary>
    /// <param name="address">Where the learner rests.</param>
    /// <param name="attended">The settings that were changed or come near, the last one first; the sliders that come first on the page are taken after them.</param>
    public static IReadOnlyList<SettingValues> Of(LabAddress address, IEnumerable<string> attended)
    {
        SettingValues settings = address.Settings;
        return [.. attended.Concat(SettingGroups.Of(address.Experiment).First.Select(setting => setting.Name)).Distinct(StringComparer.Ordinal)
            .Select(name => (Name: name, Stops: SliderStops.Texts(settings.Settings.Single(setting => setting.Name == name), settings.Text(name)).ToList()))
            .Where(slider => slider.Stops.Count > 1)
            .Take(Sliders)
            .SelectMany(slider => Beside(slider.Stops, settings.Text(slider.Name)).Select(stop => settings.With(slider.Name, stop)))];
    }

    private static IEnumerable<string> Beside(List<string> stops, string current)
    {
        int at = stops.IndexOf(current);
        return new[] { at + 1, at - 1 }.Where(beside => beside >= 0 && beside < stops.Count).Select(beside => stops[beside]);
    }
}
