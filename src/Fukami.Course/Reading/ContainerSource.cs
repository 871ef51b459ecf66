using Markdig.Extensions.CustomContainers;
using Markdig.Syntax;

namespace Fukami.Course;

/// <summary>A container in a file: its id, the YAML at its beginning, and the Markdown behind it.</summary>
internal sealed class ContainerSource
{
    private const string DataLanguage = "yaml";

    private readonly MarkdownSource source;
    private readonly CustomContainer container;

    /// <summary>A container.</summary>
    public ContainerSource(MarkdownSource source, CustomContainer container, string id)
    {
        (this.source, this.container, Id) = (source, container, id);
        Line = MarkdownSource.LineOf(container);
        Content = container.FirstOrDefault() is FencedCodeBlock { Info: DataLanguage } ? [.. container.Skip(1)] : [.. container];
    }

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>Its line.</summary>
    public int Line { get; }

    /// <summary>What stands behind the YAML.</summary>
    public IReadOnlyList<Markdig.Syntax.Block> Content { get; }

    /// <summary>The YAML; empty where there is none.</summary>
    public YamlData Data() => container.FirstOrDefault() is FencedCodeBlock { Info: DataLanguage } code
        ? YamlData.Parse(code.Lines.ToString(), MarkdownSource.LineOf(code) + 1, source.Faults)
        : YamlData.Empty(Line, source.Faults);

    /// <summary>This container, which has no data: YAML in it is a fault.</summary>
    public ContainerSource NoData()
    {
        if (container.FirstOrDefault() is FencedCodeBlock { Info: DataLanguage })
        {
            Data().RefuseOthers();
        }

        return this;
    }

    /// <summary>The value of an attribute, or none.</summary>
    public string? Attribute(string name) => MarkdownSource.AttributeOf(container, name);

    /// <summary>The Markdown behind the YAML.</summary>
    public string Markdown() => source.OfAll(Content);

    /// <summary>The Markdown of some blocks.</summary>
    public string Markdown(IReadOnlyList<Markdig.Syntax.Block> blocks) => source.OfAll(blocks);

    /// <summary>The text that a quotation quotes.</summary>
    public string Quoted(QuoteBlock quote) => source.Quoted(quote);

    /// <summary>The content without containers of one kind, and the Markdown of the first of these; none if there is none.</summary>
    public (IReadOnlyList<Markdig.Syntax.Block> Others, string? Inner) Apart(string kind)
    {
        CustomContainer? inner = Content.OfType<CustomContainer>().FirstOrDefault(block => string.Equals(MarkdownSource.KindOf(block), kind, StringComparison.Ordinal));
        return inner is null ? (Content, null) : ([.. Content.Where(block => block != inner)], source.OfAll([.. inner]));
    }

    /// <summary>Adds a fault at the container's line.</summary>
    public void Fault(string english, string japanese) => Fault(Line, english, japanese);

    /// <summary>Adds a fault.</summary>
    public void Fault(int line, string english, string japanese) => source.Faults.Add(line, english, japanese);
}
