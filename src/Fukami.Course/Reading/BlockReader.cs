using System.Globalization;
using Markdig.Extensions.CustomContainers;

namespace Fukami.Course;

/// <summary>Reads the blocks of a section: containers by their kinds, all else as text.</summary>
internal sealed class BlockReader
{
    private const int MaximumDepth = 4;

    private readonly MarkdownSource source;
    private readonly Dictionary<string, Func<ContainerSource, Block?>> kinds;
    private readonly Dictionary<string, int> seen = new(StringComparer.Ordinal);
    private int depth;

    /// <summary>A reader for one file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="rubrics">The rubrics by the ids of their questions.</param>
    public BlockReader(MarkdownSource source, IReadOnlyDictionary<string, Rubric> rubrics)
    {
        this.source = source;
        var questions = new QuestionReader(source.Faults, rubrics);
        kinds = new(StringComparer.Ordinal)
        {
            ["experiment"] = Experiment,
            ["predict"] = questions.Predict,
            ["choice"] = questions.Choice,
            ["number"] = questions.Number,
            ["order"] = questions.Order,
            ["open"] = questions.Open,
            ["when"] = When,
            ["figure"] = Figure,
            ["apply"] = static at => new ApplyBlock(at.NoData().Markdown()) { Id = at.Id, Line = at.Line },
            ["homework"] = static at => new HomeworkBlock(at.NoData().Markdown()) { Id = at.Id, Line = at.Line },
            ["preview"] = static at => new PreviewBlock(at.NoData().Markdown()) { Id = at.Id, Line = at.Line },
            ["feedback"] = Feedback,
        };
    }

    /// <summary>The blocks of a section.</summary>
    /// <param name="section">The section's id, from which text takes its ids.</param>
    /// <param name="markdown">What stands in it.</param>
    public List<Block> ReadAll(string section, IReadOnlyList<Markdig.Syntax.Block> markdown)
    {
        var read = new List<Block>();
        var text = new List<Markdig.Syntax.Block>();
        int texts = 0;
        foreach (Markdig.Syntax.Block block in markdown)
        {
            if (block is CustomContainer container)
            {
                AddText();
                if (Read(container) is { } made)
                {
                    read.Add(made);
                }
            }
            else
            {
                text.Add(block);
            }
        }

        AddText();
        return read;

        void AddText()
        {
            if (text.Count > 0)
            {
                string id = string.Create(CultureInfo.InvariantCulture, $"{section}-text-{++texts}");
                read.Add(new TextBlock(source.OfAll(text)) { Id = id, Line = MarkdownSource.LineOf(text[0]) });
                text.Clear();
            }
        }
    }

    private Block? Read(CustomContainer container)
    {
        int line = MarkdownSource.LineOf(container);
        string kind = MarkdownSource.KindOf(container);
        if (!kinds.TryGetValue(kind, out Func<ContainerSource, Block?>? reader))
        {
            source.Faults.Add(line, $"“{kind}” is no kind of block; there are: {string.Join(", ", kinds.Keys)}.", $"「{kind}」という種類のブロックはありません。あるのは {string.Join(", ", kinds.Keys)} です。");
            return null;
        }

        string? id = MarkdownSource.IdOf(container);
        if (id is null)
        {
            source.Faults.Add(line, $"The block has no id; write :::{kind} {{#id}}.", $"ブロックに id がありません。:::{kind} {{#id}} の形で書いてください。");
            return null;
        }

        if (!seen.TryAdd(id, line))
        {
            source.Faults.Add(line, $"The id {id} is there already, in line {seen[id]}.", $"id {id} はすでに {seen[id]} 行目にあります。");
        }

        if (depth >= MaximumDepth)
        {
            source.Faults.Add(line, $"Blocks are nested more than {MaximumDepth} deep.", $"ブロックの入れ子が {MaximumDepth} 段を超えています。");
            return null;
        }

        depth++;
        try
        {
            return reader(new ContainerSource(source, container, id));
        }
        finally
        {
            depth--;
        }
    }

    private static ExperimentBlock Experiment(ContainerSource at)
    {
        YamlData data = at.Data();
        string run = data.RequiredText("run");
        string? preset = data.Text("preset");
        IReadOnlyDictionary<string, string> settings = data.Map("set");
        IReadOnlyDictionary<string, string> expect = data.Map("expect");
        data.RefuseOthers();
        return new ExperimentBlock(run, preset, settings, expect, at.Markdown()) { Id = at.Id, Line = at.Line };
    }

    private static FigureBlock Figure(ContainerSource at)
    {
        YamlData data = at.Data();
        string draw = data.RequiredText("draw");
        IReadOnlyDictionary<string, string> arguments = data.Map("with");
        data.RefuseOthers();
        string caption = at.Markdown();
        if (caption.Length == 0)
        {
            at.Fault("The figure has no caption; a screen reader needs one.", "図に説明文がありません。読み上げのために必要です。");
        }

        return new FigureBlock(draw, arguments, caption) { Id = at.Id, Line = at.Line };
    }

    private static FeedbackBlock Feedback(ContainerSource at)
    {
        YamlData data = at.Data();
        IReadOnlyDictionary<string, string> prompts = data.Map("prompts");
        data.RefuseOthers();
        if (prompts.Count == 0)
        {
            at.Fault("The feedback asks nothing; give prompts.", "フィードバックの質問（prompts）がありません。");
        }

        return new FeedbackBlock([.. prompts.Select(prompt => new FeedbackPrompt(prompt.Key, prompt.Value))], at.Markdown()) { Id = at.Id, Line = at.Line };
    }

    private WhenBlock When(ContainerSource at)
    {
        string concept = at.Attribute("concept") ?? "";
        if (concept.Length == 0)
        {
            at.Fault("The block names no concept; write concept=….", "ブロックに概念がありません。concept=… と書いてください。");
        }

        var states = new List<ConceptState>();
        foreach (string name in (at.Attribute("state") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (ConceptStates.Parse(name) is { } state)
            {
                states.Add(state);
            }
            else
            {
                at.Fault($"“{name}” is no state of a concept; there are: {ConceptStates.AllNames}.", $"「{name}」という状態はありません。あるのは {ConceptStates.AllNames} です。");
            }
        }

        if (states.Count == 0)
        {
            at.Fault("The block names no state; write state=wrong,unknown,forgotten.", "ブロックに状態がありません。state=wrong,unknown,forgotten のように書いてください。");
        }

        return new WhenBlock(concept, states, at.Attribute("misconception"), ReadAll(at.Id, at.Content)) { Id = at.Id, Line = at.Line };
    }
}
