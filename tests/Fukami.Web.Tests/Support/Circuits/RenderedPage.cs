namespace Fukami.Web.Tests;

/// <summary>What is on a page that no browser draws: the batches of a circuit applied to a tree.</summary>
internal sealed class RenderedPage
{
    private const int DeepestElement = 500;

    private readonly Dictionary<int, RenderedNode> components = [];
    private readonly List<RenderedNode> roots = [];

    /// <summary>Every element, in the order of the page.</summary>
    public IEnumerable<RenderedNode> Elements => roots.SelectMany(root => root.All).Where(node => node.Name is not null);

    /// <summary>All that is written on it.</summary>
    public string Words => string.Concat(roots.Select(root => root.Words));

    /// <summary>A component of the page begins to live.</summary>
    public void Attach(int component) => roots.Add(components[component] = new RenderedNode());

    /// <summary>The page changes.</summary>
    /// <exception cref="InvalidDataException">The batch does not fit the page.</exception>
    public void Apply(RenderBatch batch)
    {
        try
        {
            foreach ((int component, IReadOnlyList<RenderEdit> edits) in batch.Changes)
            {
                Edit(batch, components[component], edits);
            }
        }
        catch (Exception e) when (e is KeyNotFoundException or ArgumentOutOfRangeException or InvalidOperationException or OverflowException)
        {
            throw new InvalidDataException($"The batch does not fit the page: {e.Message}", e);
        }

        foreach (int component in batch.Gone)
        {
            components.Remove(component);
        }
    }

    private void Edit(RenderBatch batch, RenderedNode component, IReadOnlyList<RenderEdit> edits)
    {
        var path = new Stack<RenderedNode>([component]);
        var moves = new List<(int From, int To)>();
        foreach (RenderEdit edit in edits)
        {
            RenderedNode node = path.Peek();
            switch (edit.Kind)
            {
                case EditKind.Insert:
                    Insert(batch, node, edit.Place, edit.Operand, depth: 0);
                    break;
                case EditKind.Remove:
                    node.Children.RemoveAt(edit.Place);
                    break;
                case EditKind.SetAttribute:
                    Set(batch, node.Children[edit.Place], batch.Frame(edit.Operand));
                    break;
                case EditKind.RemoveAttribute:
                    string name = batch.Text(edit.Attribute)!;
                    node.Children[edit.Place].Attributes.Remove(name);
                    node.Children[edit.Place].Handlers.Remove(name);
                    break;
                case EditKind.SetText or EditKind.SetMarkup:
                    node.Children[edit.Place].Text = batch.Text(batch.Frame(edit.Operand).First);
                    break;
                case EditKind.StepIn:
                    path.Push(node.Children[edit.Place]);
                    break;
                case EditKind.StepOut:
                    path.Pop();
                    break;
                case EditKind.Move:
                    moves.Add((edit.Place, edit.Operand));
                    break;
                case EditKind.EndOfMoves:
                    node.Permute(moves);
                    moves.Clear();
                    break;
                default:
                    throw new InvalidDataException($"There is no edit {edit.Kind}.");
            }
        }
    }

    /// <summary>Puts a frame, and all that it spans, among a node's children.</summary>
    /// <returns>How many children there are more.</returns>
    private int Insert(RenderBatch batch, RenderedNode parent, int place, int index, int depth)
    {
        RenderFrame frame = batch.Frame(index);
        if (frame.Span < 1 || frame.Span > batch.Frames - index || depth > DeepestElement)
        {
            throw new InvalidDataException($"Frame {index} spans {frame.Span} frames at depth {depth}.");
        }

        if (frame.Kind == FrameKind.Region)
        {
            return Fill(batch, parent, place, index, frame.Span, depth);
        }

        RenderedNode? node = frame.Kind switch
        {
            FrameKind.Element => new RenderedNode { Name = batch.Text(frame.Second) },
            FrameKind.Text or FrameKind.Markup => new RenderedNode { Text = batch.Text(frame.First) },
            FrameKind.Component => components[frame.Second] = new RenderedNode(),
            _ => null,
        };
        if (node is null)
        {
            return 0;
        }

        parent.Children.Insert(place, node);
        if (frame.Kind == FrameKind.Element)
        {
            Fill(batch, node, 0, index, frame.Span, depth);
        }

        return 1;
    }

    private int Fill(RenderBatch batch, RenderedNode parent, int place, int index, int span, int depth)
    {
        int first = place;
        for (int child = index + 1; child < index + span; child += batch.Frame(child).Span)
        {
            if (batch.Frame(child).Kind == FrameKind.Attribute)
            {
                Set(batch, parent, batch.Frame(child));
            }
            else
            {
                place += Insert(batch, parent, place, child, depth + 1);
            }
        }

        return place - first;
    }

    private static void Set(RenderBatch batch, RenderedNode element, RenderFrame attribute)
    {
        string name = batch.Text(attribute.First)!;
        if (attribute.Handler != 0)
        {
            element.Handlers[name] = attribute.Handler;
        }
        else if (batch.Text(attribute.Second) is { } value)
        {
            element.Attributes[name] = value;
        }
        else
        {
            element.Attributes.Remove(name);
        }
    }
}
