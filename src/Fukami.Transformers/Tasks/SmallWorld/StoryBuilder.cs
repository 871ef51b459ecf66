namespace Fukami.Transformers;

/// <summary>
/// Builds a <see cref="StoryGraph"/> from its end: what follows is built before what leads to it, so every state's followers have lower numbers.
/// Ways that begin alike share their beginning, and part at the first token in which they differ.
/// </summary>
/// <param name="split">Cuts a piece of text into tokens.</param>
internal sealed class StoryBuilder(Func<string, string[]> split)
{
    /// <summary>The state in which a story begins; the end of a story leads there.</summary>
    public const int Beginning = 0;

    private readonly List<IReadOnlyList<(string Token, double Probability, int Next)>> states = [[]];

    /// <summary>A state from which there is one way.</summary>
    public int Say(string text, int next) => Choose(new Way(1, text, next));

    /// <summary>A state from which one of several ways is taken, with probabilities in proportion to their weights.</summary>
    public int Choose(params IReadOnlyList<Way> ways) => Node([.. ways.Select(way => new Rest(way.Weight, split(way.Text), way.Next))], 0);

    /// <summary>The graph whose stories begin with one of these ways.</summary>
    public StoryGraph Build(params IReadOnlyList<Way> ways)
    {
        int first = Choose(ways);
        states[Beginning] = states[first];
        states.RemoveAt(first);
        return new StoryGraph(states);
    }

    private int Node(List<Rest> ways, int depth)
    {
        double all = ways.Sum(way => way.Weight);
        var edges = new List<(string Token, double Probability, int Next)>();
        foreach (IGrouping<string, Rest> alike in ways.GroupBy(way => way.Tokens[depth], StringComparer.Ordinal))
        {
            List<Rest> group = [.. alike];
            bool ends = group[0].Tokens.Length == depth + 1;
            if (ends && group.Count > 1)
            {
                throw new ArgumentException($"Two ways are told apart by nothing after {string.Concat(group[0].Tokens)}; a text must determine its way.", nameof(ways));
            }

            int next = ends ? group[0].Next : Node(group, depth + 1);
            edges.Add((alike.Key, group.Sum(way => way.Weight) / all, next));
        }

        states.Add(edges);
        return states.Count - 1;
    }

    /// <summary>A way on.</summary>
    /// <param name="Weight">How often it is taken, against the others.</param>
    /// <param name="Text">What is said on it.</param>
    /// <param name="Next">The state that it leads to.</param>
    internal readonly record struct Way(double Weight, string Text, int Next);

    private readonly record struct Rest(double Weight, string[] Tokens, int Next);
}
