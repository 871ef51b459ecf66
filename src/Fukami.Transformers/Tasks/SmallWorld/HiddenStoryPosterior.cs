using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// What can be known of hidden tokens of a text that begins with a story: the exact posterior given everything that is shown, by the forward-backward recursion over
/// the stories' graphs (Baum et al. 1970) and BERT's way of hiding. −ln of it is the least loss that any model can have on these tokens.
/// </summary>
internal sealed class HiddenStoryPosterior
{
    private readonly int[] firstEdge;
    private readonly int[] token;
    private readonly int[] to;
    private readonly double[] probability;
    private readonly double[] initial;
    private readonly HidingRule rule;
    private readonly List<int[]> reachable = [];

    /// <summary>A posterior for texts of any of the graphs, each as likely as the others.</summary>
    /// <param name="graphs">The graphs.</param>
    /// <param name="ids">For each graph, the model's id of each of its tokens.</param>
    /// <param name="rule">How tokens are hidden.</param>
    public HiddenStoryPosterior(IReadOnlyList<StoryGraph> graphs, IReadOnlyList<int[]> ids, HidingRule rule)
    {
        this.rule = rule;
        var edges = new List<(int From, int Token, double Probability, int To)>();
        int first = 0;
        initial = new double[graphs.Sum(graph => graph.States)];
        foreach ((StoryGraph graph, int[] idOf) in graphs.Zip(ids))
        {
            initial[first] = 1.0 / graphs.Count;
            edges.AddRange(graph.AllEdges().Select(edge => (first + edge.From, idOf[edge.Token], edge.Probability, first + edge.To)));
            first += graph.States;
        }

        // the edges of a state follow one another
        (token, probability, to) = ([.. edges.Select(edge => edge.Token)], [.. edges.Select(edge => edge.Probability)], [.. edges.Select(edge => edge.To)]);
        firstEdge = new int[initial.Length + 1];
        foreach ((int From, int Token, double Probability, int To) edge in edges)
        {
            firstEdge[edge.From + 1]++;
        }

        for (int state = 0; state < initial.Length; state++)
        {
            firstEdge[state + 1] += firstEdge[state];
        }

        reachable.Add([.. Enumerable.Range(0, initial.Length).Where(state => initial[state] > 0)]);
    }

    /// <summary>−ln of the posterior probability of each target that is asked for, in the order of the positions.</summary>
    /// <param name="shown">What the model sees.</param>
    /// <param name="targets">The hidden tokens; <see cref="TokenBatch.NotCounted"/> elsewhere.</param>
    public IEnumerable<double> Surprises(int[] shown, int[] targets)
    {
        // Either tokens were hidden each by itself, or none was and one was chosen: then all others are shown as they are, and there is at most one mask.
        var usual = new Sweep(this, shown, (seen, word) => rule.Shown(seen, word));
        Sweep? chosen = shown.Count(seen => seen == rule.Mask) > 1 ? null : new Sweep(this, shown, static (seen, word) => seen == word ? 1 : 0);
        double share = rule.ShareOfChosen(shown.Length);
        for (int position = 0; position < shown.Length; position++)
        {
            if (targets[position] == TokenBatch.NotCounted)
            {
                continue;
            }

            (double right, double all, double log) = usual.At(position, targets[position], rule);
            (double rightIfChosen, double allIfChosen, double logIfChosen) = chosen?.At(position, targets[position], rule) ?? (0, 0, double.NegativeInfinity);
            double scale = share / (1 - share) * (double.IsNegativeInfinity(logIfChosen) ? 0 : ReproducibleMath.Exp(Math.Min(700, logIfChosen - log)));
            yield return -ReproducibleMath.Log((right + (scale * rightIfChosen)) / (all + (scale * allIfChosen)));
        }
    }

    /// <summary>The states in which a text can be after so many tokens.</summary>
    private int[] Reachable(int tokens)
    {
        while (reachable.Count <= tokens)
        {
            var next = new SortedSet<int>();
            foreach (int state in reachable[^1])
            {
                next.UnionWith(to[firstEdge[state]..firstEdge[state + 1]]);
            }

            reachable.Add([.. next]);
        }

        return reachable[tokens];
    }

    /// <summary>Forward and backward shares over one text, each scaled to sum to one.</summary>
    private sealed class Sweep
    {
        private readonly HiddenStoryPosterior model;
        private readonly int[] shown;
        private readonly double[][] forward;
        private readonly double[][] backward;
        private readonly double[] forwardLog;
        private readonly double[] backwardLog;

        public Sweep(HiddenStoryPosterior model, int[] shown, Func<int, int, double> emission)
        {
            (this.model, this.shown) = (model, shown);
            int length = shown.Length;
            forward = new double[length + 1][];
            backward = new double[length + 1][];
            (forwardLog, backwardLog) = (new double[length + 1], new double[length + 1]);
            forward[0] = [.. model.initial];
            for (int i = 0; i < length; i++)
            {
                double[] emissions = Emissions(shown[i], emission);
                var next = new double[model.initial.Length];
                foreach (int state in model.Reachable(i))
                {
                    for (int edge = model.firstEdge[state]; edge < model.firstEdge[state + 1]; edge++)
                    {
                        next[model.to[edge]] += forward[i][state] * model.probability[edge] * emissions[model.token[edge]];
                    }
                }

                forwardLog[i + 1] = forwardLog[i] + Scale(next);
                forward[i + 1] = next;
            }

            backward[length] = [.. model.initial.Select(_ => 1.0)];
            for (int i = length - 1; i >= 0; i--)
            {
                double[] emissions = Emissions(shown[i], emission);
                var before = new double[model.initial.Length];
                foreach (int state in model.Reachable(i))
                {
                    for (int edge = model.firstEdge[state]; edge < model.firstEdge[state + 1]; edge++)
                    {
                        before[state] += backward[i + 1][model.to[edge]] * model.probability[edge] * emissions[model.token[edge]];
                    }
                }

                backwardLog[i] = backwardLog[i + 1] + Scale(before);
                backward[i] = before;
            }
        }

        /// <summary>The weight of one token at a position that is known to be asked for, and of all tokens; both are to be multiplied by e to the third.</summary>
        public (double Right, double All, double Log) At(int position, int target, HidingRule rule)
        {
            double right = 0;
            double all = 0;
            double[] emissions = Emissions(shown[position], rule.ShownIfAsked);
            foreach (int state in model.Reachable(position))
            {
                for (int edge = model.firstEdge[state]; edge < model.firstEdge[state + 1]; edge++)
                {
                    double weight = forward[position][state] * model.probability[edge] * emissions[model.token[edge]] * backward[position + 1][model.to[edge]];
                    all += weight;
                    right += model.token[edge] == target ? weight : 0;
                }
            }

            return (right, all, forwardLog[position] + backwardLog[position + 1]);
        }

        private double[] Emissions(int seen, Func<int, int, double> emission) => [.. Enumerable.Range(0, model.rule.Mask).Select(word => emission(seen, word))];

        private static double Scale(double[] shares)
        {
            double sum = shares.Sum();
            if (sum == 0)
            {
                return double.NegativeInfinity;
            }

            for (int i = 0; i < shares.Length; i++)
            {
                shares[i] /= sum;
            }

            return ReproducibleMath.Log(sum);
        }
    }
}
