namespace Fukami.Course;

/// <summary>Reads <c>concepts.yaml</c>.</summary>
internal static class ConceptMapReader
{
    /// <summary>The map; an empty one after a fault that leaves no order.</summary>
    public static ConceptMap Read(string text, FaultList faults)
    {
        YamlData root = YamlData.Parse(text, 1, faults);
        var concepts = new List<Concept>();
        foreach (YamlData item in root.Items("concepts"))
        {
            concepts.Add(new Concept(
                item.RequiredText("id"), item.Localized("title"), item.Localized("summary"), item.Localized("at_work"), item.Texts("requires"), [.. item.Items("misconceptions").Select(Misconception)]));
            item.RefuseOthers();
        }

        root.RefuseOthers();
        try
        {
            return new ConceptMap(concepts);
        }
        catch (CourseException e)
        {
            faults.Add(1, e.Sentence.English, e.Sentence.Japanese);
            return new ConceptMap([]);
        }
    }

    private static Misconception Misconception(YamlData item)
    {
        var misconception = new Misconception(item.RequiredText("id"), item.Localized("belief"), item.Localized("correction"), item.Text("claim"));
        item.RefuseOthers();
        return misconception;
    }
}
