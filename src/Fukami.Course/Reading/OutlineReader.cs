namespace Fukami.Course;

/// <summary>Reads <c>outline.yaml</c>.</summary>
internal static class OutlineReader
{
    /// <summary>The sessions in their order.</summary>
    public static IReadOnlyList<SessionOutline> Read(string text, FaultList faults)
    {
        YamlData root = YamlData.Parse(text, 1, faults);
        var sessions = new List<SessionOutline>();
        foreach (YamlData item in root.Items("sessions"))
        {
            sessions.Add(new SessionOutline(item.RequiredText("id"), item.Localized("title"), (int)item.Number("minutes", 0), item.Texts("concepts"), item.Texts("experiments")));
            item.RefuseOthers();
        }

        root.RefuseOthers();
        return sessions;
    }
}
