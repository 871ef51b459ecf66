namespace Fukami.Web.Tests;

/// <summary>An element, a text or the place of a component on a page that no browser draws.</summary>
internal sealed class RenderedNode
{
    /// <summary>The element's name; none of a text or a component.</summary>
    public string? Name { get; init; }

    /// <summary>The text, or HTML that never changes; none of an element or a component.</summary>
    public string? Text { get; set; }

    /// <summary>The element's attributes.</summary>
    public Dictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

    /// <summary>Who handles its events, by attributes such as <c>onclick</c>.</summary>
    public Dictionary<string, ulong> Handlers { get; } = new(StringComparer.Ordinal);

    /// <summary>What is in it, in order.</summary>
    public List<RenderedNode> Children { get; private set; } = [];

    /// <summary>Itself and everything in it, in the order of the page.</summary>
    public IEnumerable<RenderedNode> All => Children.SelectMany(child => child.All).Prepend(this);

    /// <summary>All that is written in it.</summary>
    public string Words => string.Concat(All.Select(node => node.Text));

    /// <summary>Whether what is done to it counts.</summary>
    public bool IsEnabled => !Attributes.ContainsKey("disabled");

    /// <summary>Its id; none unless given.</summary>
    public string? Id => Attributes.GetValueOrDefault("id");

    /// <summary>Whether it is of a class.</summary>
    public bool Is(string className) => Attributes.TryGetValue("class", out string? classes) && classes.Split(' ').Contains(className, StringComparer.Ordinal);

    /// <summary>Puts children elsewhere, all at once.</summary>
    public void Permute(IReadOnlyList<(int From, int To)> moves)
    {
        List<RenderedNode> moved = [.. Children];
        foreach ((int from, int to) in moves)
        {
            moved[to] = Children[from];
        }

        Children = moved;
    }
}
