using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// Little stories as a graph: a state is all that the story so far has settled for what may follow, an edge is a next token with its probability, and the end of a story
/// leads back to state 0. No two edges of a state have the same token, so a text determines its states ("unifilar"; Shannon 1948, theorem 5): the process'
/// own −ln p of a text is exact, and so is its entropy.
/// </summary>
public sealed class StoryGraph
{
    private readonly Edges[] states;
    private readonly double[] entropies;

    internal StoryGraph(IReadOnlyList<IReadOnlyList<(string Token, double Probability, int Next)>> states)
    {
        Tokens = [.. states.SelectMany(edges => edges.Select(edge => edge.Token)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        this.states = [.. states.Select(edges => new Edges(
            [.. edges.Select(edge => Array.BinarySearch(Tokens, edge.Token, StringComparer.Ordinal))],
            [.. edges.Select(edge => edge.Probability)],
            [.. edges.Select(edge => edge.Next)]))];
        entropies = [.. this.states.Select(state => state.Entropy())];
        (StoryEntropy, StoryLength) = OverAStory();
    }

    /// <summary>The states.</summary>
    public int States => states.Length;

    /// <summary>The different tokens, by their ids.</summary>
    public IReadOnlyList<string> Vocabulary => Tokens;

    /// <summary>The entropy of a whole story, in nats.</summary>
    public double StoryEntropy { get; }

    /// <summary>The mean number of tokens of a story.</summary>
    public double StoryLength { get; }

    /// <summary>Nats for each token in the long run: a story's entropy over its mean length.</summary>
    public double EntropyRate => StoryEntropy / StoryLength;

    private string[] Tokens { get; }

    /// <summary>All edges, state by state.</summary>
    internal IEnumerable<(int From, int Token, double Probability, int To)> AllEdges()
    {
        for (int state = 0; state < states.Length; state++)
        {
            for (int edge = 0; edge < states[state].Next.Length; edge++)
            {
                yield return (state, states[state].Tokens[edge], states[state].Probabilities[edge], states[state].Next[edge]);
            }
        }
    }

    /// <summary>Draws one story after another, from the beginning of one until there is no more place.</summary>
    public void Draw(Span<int> tokens, RandomSource random)
    {
        int state = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            int edge = states[state].Find(random.Bits((ulong)i) * (1.0 / 4294967296.0));
            (tokens[i], state) = (states[state].Tokens[edge], states[state].Next[edge]);
        }
    }

    /// <summary>−ln p of each token of a text that begins with a story, exactly; ∞ from the first token on that no story has there.</summary>
    public double[] Surprises(ReadOnlySpan<int> tokens)
    {
        var surprises = new double[tokens.Length];
        int state = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            int edge = state < 0 ? -1 : states[state].Tokens.IndexOf(tokens[i]);
            surprises[i] = edge < 0 ? double.PositiveInfinity : -ReproducibleMath.Log(states[state].Probabilities[edge]);
            state = edge < 0 ? -1 : states[state].Next[edge];
        }

        return surprises;
    }

    /// <summary>
    /// The mean entropy, in nats, of tokens 1 … <paramref name="length"/> of a text that begins with a story, each given all before it: the loss of a model that
    /// knows the process, on windows that begin with a story and do not ask for their first token.
    /// </summary>
    public double MeanEntropy(int length)
    {
        double sum = 0;
        double[] shares = Step([1.0, .. new double[states.Length - 1]]);
        for (int position = 1; position <= length; position++)
        {
            for (int state = 0; state < shares.Length; state++)
            {
                sum += shares[state] * entropies[state];
            }

            shares = Step(shares);
        }

        return sum / length;
    }

    private double[] Step(double[] shares)
    {
        var next = new double[shares.Length];
        for (int state = 0; state < shares.Length; state++)
        {
            for (int edge = 0; shares[state] > 0 && edge < states[state].Next.Length; edge++)
            {
                next[states[state].Next[edge]] += shares[state] * states[state].Probabilities[edge];
            }
        }

        return next;
    }

    // expected visits of each state in one story; a state's followers have lower numbers, but for the beginning, which is 0
    private (double Entropy, double Length) OverAStory()
    {
        var visits = new double[states.Length];
        visits[0] = 1;
        double entropy = 0, length = 0;
        for (int i = 0; i < states.Length; i++)
        {
            int state = i == 0 ? 0 : states.Length - i;
            entropy += visits[state] * entropies[state];
            length += visits[state];
            for (int edge = 0; edge < states[state].Next.Length; edge++)
            {
                int next = states[state].Next[edge];
                visits[next] += next == 0 ? 0 : visits[state] * states[state].Probabilities[edge];
            }
        }

        return (entropy, length);
    }

    private sealed record Edges(int[] Tokens, double[] Probabilities, int[] Next)
    {
        public int Find(double uniform)
        {
            double sum = 0;
            for (int edge = 0; edge < Probabilities.Length - 1; edge++)
            {
                sum += Probabilities[edge];
                if (uniform < sum)
                {
                    return edge;
                }
            }

            return Probabilities.Length - 1;
        }

        public double Entropy()
        {
            double sum = 0;
            foreach (double p in Probabilities)
            {
                sum -= p * ReproducibleMath.Log(p);
            }

            return sum;
        }
    }
}
