using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Reads a rubric, <c>rubrics/{question}.yaml</c>.</summary>
internal static class RubricReader
{
    private const string RulesOut = "rules-out";

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
            points.Add(new RubricPoint(item.RequiredText("id"), item.Localized("point"), item.Switch("essential", otherwise: false), Evidence(item.Data("en"), Language.English, faults), Evidence(item.Data("ja"), Language.Japanese, faults)));
            item.RefuseOthers();
        }

        root.RefuseOthers();
        if (points.Count == 0)
        {
            faults.Add(1, "The rubric has no points.", "評価基準に項目がありません。");
        }

        return new Rubric(id, points);
    }

    private static RubricEvidence Evidence(YamlData data, Language language, FaultList faults)
    {
        var evidence = new RubricEvidence(data.Lists("groups"), data.Texts("against"), data.Texts(RulesOut));
        data.RefuseOthers();
        string[] grouped = [.. evidence.Groups.SelectMany(group => group)];
        CheckEmpty("groups", grouped);
        CheckEmpty("against", evidence.Against);
        CheckEmpty(RulesOut, evidence.RulesOut);
        foreach ((string phrase, int line) in evidence.Against.Zip(data.Lines("against")).Where(pair => grouped.Contains(pair.First, StringComparer.Ordinal)))
        {
            faults.Add(line, $"“{phrase}” stands in groups and in against; no sentence can both show a point and speak against it.", $"「{phrase}」が groups と against の両方にあります。どちらか一方にしてください。");
        }

        foreach ((string phrase, int line) in evidence.RulesOut.Zip(data.Lines(RulesOut)).Where(pair => Negation.IsNegated(pair.First, language)))
        {
            faults.Add(line, $"“{phrase}” under rules-out is negated already; write what does not happen, for example “vanish” and not “does not vanish”.", $"rules-out の「{phrase}」は、それ自体が打ち消しの形です。「消えない」ではなく「消え」のように、起こらないことのほうを書いてください。");
        }

        return evidence;

        void CheckEmpty(string key, IReadOnlyList<string> phrases)
        {
            foreach ((string phrase, int line) in phrases.Zip(data.Lines(key)).Where(pair => pair.First.Trim('*', ' ', '　').Length == 0))
            {
                faults.Add(line, $"“{phrase}” under {key} is no phrase; write words that an answer may have.", $"{key} の「{phrase}」は語句になっていません。回答に現れる語句を書いてください。");
            }
        }
    }
}
