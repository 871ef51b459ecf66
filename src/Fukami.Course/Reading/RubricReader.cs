namespace Fukami.Course;

/// <summary>Reads a rubric, <c>rubrics/{question}.yaml</c>.</summary>
internal static class RubricReader
{
    /// <summary>The rubric.</summary>
    /// <param name="id">The question's id.</param>
    /// <param name="text">The YAML.</param>
    /// <param name="faults">Where faults go.</param>
    public static Rubric Read(string id, string text, FaultList faults)
    {
        YamlData root = YamlData.Parse(text, 1, faults);
        var points = new List<RubricPoint>();
        foreach (YamlData item in root.Items("points"))
        {
            points.Add(new RubricPoint(item.RequiredText("id"), item.Localized("point"), item.Switch("essential", otherwise: false), Evidence(item.Data("en")), Evidence(item.Data("ja"))));
            item.RefuseOthers();
        }

        root.RefuseOthers();
        if (points.Count == 0)
        {
            faults.Add(1, "The rubric has no points.", "評価基準に項目がありません。");
        }

        return new Rubric(id, points);
    }

    private static RubricEvidence Evidence(YamlData data)
    {
        var evidence = new RubricEvidence(data.Lists("groups"), data.Texts("against"));
        data.RefuseOthers();
        return evidence;
    }
}
