using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Fukami.Course;

/// <summary>
/// A mapping in YAML, read key by key; what is missing or of another kind is a fault with its line, and so is what nobody asked for.
/// Anchors are refused: they could make a small text large. So are deep nesting and duplicate keys.
/// </summary>
internal sealed class YamlData
{
    private const int MaximumDepth = 12;

    private readonly YamlMappingNode node;
    private readonly int firstLine;
    private readonly FaultList faults;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    private YamlData(YamlMappingNode node, int firstLine, FaultList faults) => (this.node, this.firstLine, this.faults) = (node, firstLine, faults);

    /// <summary>The line of the mapping.</summary>
    public int Line => LineOf(node);

    /// <summary>Nothing at all, at a line: every required key is then missing.</summary>
    public static YamlData Empty(int line, FaultList faults) => new(new YamlMappingNode(), line, faults);

    /// <summary>Reads a text; what is no sound mapping is a fault and reads as an empty one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="firstLine">The line of the file at which it begins.</param>
    /// <param name="faults">Where faults go.</param>
    public static YamlData Parse(string text, int firstLine, FaultList faults)
    {
        try
        {
            if (Refusal(text) is { } refused)
            {
                faults.Add(firstLine + (int)refused.Mark.Line - 1, refused.English, refused.Japanese);
                return Empty(firstLine, faults);
            }

            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
            {
                return new YamlData(root, firstLine, faults);
            }

            faults.Add(firstLine, "This YAML is no mapping; write lines of the form “key: value”.", "この YAML は「キー: 値」の形になっていません。");
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException)
        {
            // the parser gives up on some damaged flows without saying where
            long line = e is YamlException { Start: var start } ? start.Line : 1;
            faults.Add(firstLine + (int)Math.Max(0, line - 1), $"This is no sound YAML: {e.Message}", $"YAML として読めません: {e.Message}");
        }

        return Empty(firstLine, faults);
    }

    /// <summary>A text, or none.</summary>
    public string? Text(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlScalarNode scalar:
                return scalar.Value ?? "";
            case { } other:
                Fault(other, $"{key} must be a text.", $"{key} には文字列を書いてください。");
                return null;
        }
    }

    /// <summary>A text that must be there; empty after a fault.</summary>
    public string RequiredText(string key)
    {
        if (Text(key) is { Length: > 0 } text)
        {
            return text;
        }

        if (!node.Children.ContainsKey(new YamlScalarNode(key)) || Find(key) is YamlScalarNode)
        {
            faults.Add(Line, $"{key} is missing.", $"{key} がありません。");
        }

        return "";
    }

    /// <summary>A number, or what stands for none.</summary>
    public double Number(string key, double otherwise)
    {
        if (Text(key) is not { } text)
        {
            return otherwise;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            return number;
        }

        Fault(Find(key)!, $"{key} is “{text}”; it must be a number.", $"{key} が「{text}」です。数値を書いてください。");
        return otherwise;
    }

    /// <summary>True or false, or what stands for neither.</summary>
    public bool Switch(string key, bool otherwise)
    {
        if (Text(key) is not { } text)
        {
            return otherwise;
        }

        if (bool.TryParse(text, out bool on))
        {
            return on;
        }

        Fault(Find(key)!, $"{key} is “{text}”; it must be true or false.", $"{key} が「{text}」です。true か false を書いてください。");
        return otherwise;
    }

    /// <summary>A list of texts; a single text counts as a list of one.</summary>
    public IReadOnlyList<string> Texts(string key) => Find(key) switch
    {
        null => [],
        YamlScalarNode scalar => [scalar.Value ?? ""],
        YamlSequenceNode sequence => [.. sequence.Children.Select(child => Scalar(child, key))],
        { } other => Nothing<string>(other, key),
    };

    /// <summary>The lines of the texts of a list, of lists or of a text, in their order.</summary>
    public IReadOnlyList<int> Lines(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode sequence => [.. sequence.Children.SelectMany(child => child is YamlSequenceNode inner ? inner.Children : (IEnumerable<YamlNode>)[child]).Select(LineOf)],
        { } other => [LineOf(other)],
    };

    /// <summary>A list of lists of texts.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Lists(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode sequence => [.. sequence.Children.Select(child => child is YamlSequenceNode inner
            ? inner.Children.Select(text => Scalar(text, key)).ToArray()
            : [Scalar(child, key)])],
        { } other => Nothing<IReadOnlyList<string>>(other, key),
    };

    /// <summary>A mapping of texts, in the order of the file.</summary>
    public IReadOnlyDictionary<string, string> Map(string key)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        switch (Find(key))
        {
            case null:
                break;
            case YamlMappingNode mapping:
                foreach ((YamlNode name, YamlNode value) in mapping.Children)
                {
                    map[Scalar(name, key)] = Scalar(value, key);
                }

                break;
            case { } other:
                Fault(other, $"{key} must be a mapping, {{name: value}}.", $"{key} には {{名前: 値}} の形で書いてください。");
                break;
        }

        return map;
    }

    /// <summary>A mapping within, or an empty one after a fault.</summary>
    public YamlData Data(string key)
    {
        if (Find(key) is YamlMappingNode mapping)
        {
            return new YamlData(mapping, firstLine, faults);
        }

        faults.Add(Line, $"{key} must be a mapping, {{name: value}}.", $"{key} には {{名前: 値}} の形で書いてください。");
        return Empty(Line, faults);
    }

    /// <summary>A list of mappings.</summary>
    public IReadOnlyList<YamlData> Items(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode sequence => [.. sequence.Children.OfType<YamlMappingNode>().Select(child => new YamlData(child, firstLine, faults))],
        { } other => Nothing<YamlData>(other, key),
    };

    /// <summary>Text in both languages, {en: …, ja: …}.</summary>
    public Lab.LocalizedText Localized(string key)
    {
        YamlData both = Data(key);
        var text = new Lab.LocalizedText(both.RequiredText("en"), both.RequiredText("ja"));
        both.RefuseOthers();
        return text;
    }

    /// <summary>Every key that nobody has asked for is a fault: it is probably misspelt.</summary>
    public void RefuseOthers()
    {
        foreach (YamlNode key in node.Children.Keys)
        {
            string name = (key as YamlScalarNode)?.Value ?? key.ToString();
            if (!asked.Contains(name))
            {
                Fault(key, $"“{name}” is not known here; allowed are: {string.Join(", ", asked)}.", $"「{name}」はここでは使えません。使えるのは {string.Join(", ", asked)} です。");
            }
        }
    }

    private YamlNode? Find(string key)
    {
        asked.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? found) ? found : null;
    }

    private string Scalar(YamlNode child, string key)
    {
        if (child is YamlScalarNode scalar)
        {
            return scalar.Value ?? "";
        }

        Fault(child, $"{key} must hold texts.", $"{key} の中には文字列を書いてください。");
        return "";
    }

    private T[] Nothing<T>(YamlNode other, string key)
    {
        Fault(other, $"{key} must be a list, [a, b].", $"{key} には [a, b] の形で書いてください。");
        return [];
    }

    private void Fault(YamlNode at, string english, string japanese) => faults.Add(LineOf(at), english, japanese);

    private int LineOf(YamlNode at) => firstLine + (int)Math.Max(0, at.Start.Line - 1);

    private static (Mark Mark, string English, string Japanese)? Refusal(string text)
    {
        var parser = new Parser(new StringReader(text));
        int depth = 0;
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case AnchorAlias or NodeEvent { Anchor.IsEmpty: false }:
                    return (parser.Current.Start, "Anchors and aliases are not allowed in a course's YAML; write the value out.", "コースの YAML ではアンカーと別名を使えません。値をそのまま書いてください。");
                case MappingStart or SequenceStart when ++depth > MaximumDepth:
                    return (parser.Current.Start, $"This YAML is nested more than {MaximumDepth} deep.", $"この YAML の入れ子は {MaximumDepth} 段を超えています。");
                case MappingEnd or SequenceEnd:
                    depth--;
                    break;
                default:
                    break;
            }
        }

        return null;
    }
}
