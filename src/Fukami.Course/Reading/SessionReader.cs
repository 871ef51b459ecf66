using System.Globalization;
using System.Text.RegularExpressions;
using Fukami.Lab;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace Fukami.Course;

/// <summary>Reads a session from Markdown. See docs/course-format.md.</summary>
internal sealed partial class SessionReader
{
    private readonly MarkdownSource source;
    private readonly FaultList faults;
    private readonly BlockReader blocks;

    private SessionReader(MarkdownSource source, IReadOnlyDictionary<string, Rubric> rubrics) =>
        (this.source, faults, blocks) = (source, source.Faults, new BlockReader(source, rubrics));

    /// <summary>Reads a session; none if there is nothing to read.</summary>
    /// <param name="text">The Markdown.</param>
    /// <param name="language">The language of the folder in which it is.</param>
    /// <param name="rubrics">The rubrics by the ids of their questions.</param>
    /// <param name="faults">Where faults go.</param>
    public static Session? Read(string text, Language language, IReadOnlyDictionary<string, Rubric> rubrics, FaultList faults) =>
        MarkdownSource.Parse(text, faults) is { } source ? new SessionReader(source, rubrics).Read(language) : null;

    [GeneratedRegex(@"^#{1,6}\s+(?<title>.*?)\s*(\{[^{}]*\})?\s*#*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HeadingPattern { get; }

    private Session Read(Language language)
    {
        YamlData front = FrontMatter();
        int number = (int)front.Number("session", 0);
        string id = front.RequiredText("id");
        string title = front.RequiredText("title");
        string goal = front.RequiredText("goal");
        int minutes = (int)front.Number("minutes", 0);
        IReadOnlyList<string> concepts = front.Texts("concepts");
        front.RefuseOthers();
        return new Session(id, number, language, title, goal, minutes, concepts, Sections());
    }

    private YamlData FrontMatter()
    {
        if (source.Document.OfType<YamlFrontMatterBlock>().FirstOrDefault() is { } block)
        {
            return YamlData.Parse(block.Lines.ToString(), MarkdownSource.LineOf(block) + 1, faults);
        }

        faults.Add(1, "The file must begin with front matter: --- and lines like “id: …”, then ---.", "ファイルの先頭に、--- で囲んだ「id: …」などの行を置いてください。");
        return YamlData.Empty(1, faults);
    }

    private List<Section> Sections()
    {
        var sections = new List<Section>();
        HeadingBlock? heading = null;
        var pending = new List<Markdig.Syntax.Block>();
        foreach (Markdig.Syntax.Block block in source.Document)
        {
            switch (block)
            {
                case YamlFrontMatterBlock or LinkReferenceDefinitionGroup:
                    break;
                case HeadingBlock { Level: 2 } next:
                    Finish(sections, heading, pending);
                    (heading, pending) = (next, []);
                    break;
                case HeadingBlock { Level: 1 }:
                    faults.Add(MarkdownSource.LineOf(block), "The title stands in the front matter; begin sections with ##.", "題名は先頭の情報欄に書きます。節の見出しは ## から始めてください。");
                    break;
                default:
                    pending.Add(block);
                    break;
            }
        }

        Finish(sections, heading, pending);
        return sections;
    }

    private void Finish(List<Section> sections, HeadingBlock? heading, List<Markdig.Syntax.Block> pending)
    {
        if (heading is null)
        {
            if (pending.Count > 0)
            {
                faults.Add(MarkdownSource.LineOf(pending[0]), "Text must stand in a section; put a heading ## in front of it.", "本文は節の中に書きます。前に ## の見出しを置いてください。");
            }

            return;
        }

        int line = MarkdownSource.LineOf(heading);
        string id = MarkdownSource.IdOf(heading) ?? "";
        if (id.Length == 0)
        {
            faults.Add(line, "The section has no id; write ## Title {#id minutes=5}.", "節に id がありません。## 題名 {#id minutes=5} の形で書いてください。");
        }

        string title = HeadingPattern.Match(source.Of(heading).Split('\n')[0]).Groups["title"].Value;
        sections.Add(new Section(id, title, Minutes(heading, line), line, blocks.ReadAll(id, pending)));
    }

    private double Minutes(HeadingBlock heading, int line)
    {
        string? text = MarkdownSource.AttributeOf(heading, "minutes");
        if (text is not null && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double minutes) && minutes is > 0 and < 600)
        {
            return minutes;
        }

        faults.Add(line, $"The section's minutes are {(text is null ? "missing" : $"“{text}”")}; write a number, for example minutes=5.", $"節の minutes が{(text is null ? "ありません" : $"「{text}」です")}。minutes=5 のように数値を書いてください。");
        return 0;
    }
}
