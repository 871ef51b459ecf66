using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// A chain of tokens in which each depends on the one before it alone: row i of the transition matrix is softmax(z_i / temperature)
/// with standard normal z. Low temperatures make the next token nearly certain, high ones nearly random.
/// </summary>
public sealed class MarkovChain
{
    private readonly double[] transition;
    private readonly double[] cumulative;
    private readonly double[] stationary;
    private readonly double[] cumulativeStationary;

    /// <summary>A random chain.</summary>
    /// <param name="vocabulary">States, 2 to 1024.</param>
    /// <param name="temperature">0.05 to 1000.</param>
    /// <param name="random">Draws the matrix.</param>
    /// <exception cref="SettingsException">One of them is out of range.</exception>
    public MarkovChain(int vocabulary, double temperature, RandomSource random)
    {
        if (vocabulary is < 2 or > 1024 || temperature is not (>= 0.05 and <= 1000))
        {
            throw new SettingsException(FormattableString.Invariant($"A Markov chain of {vocabulary} tokens at temperature {temperature} was asked for; 2 to 1024 tokens and temperatures from 0.05 to 1000 are allowed."));
        }

        Vocabulary = vocabulary;
        transition = new double[vocabulary * vocabulary];
        cumulative = new double[vocabulary * vocabulary];
        for (int i = 0; i < vocabulary; i++)
        {
            Span<double> row = transition.AsSpan(i * vocabulary, vocabulary);
            double sum = 0;
            for (int j = 0; j < vocabulary; j++)
            {
                row[j] = ReproducibleMath.Exp(random.Normal(((ulong)i * (ulong)vocabulary) + (ulong)j) / temperature);
                sum += row[j];
            }

            for (int j = 0; j < vocabulary; j++)
            {
                row[j] /= sum;
            }

            Accumulate(row, cumulative.AsSpan(i * vocabulary, vocabulary));
        }

        stationary = FindStationary();
        cumulativeStationary = new double[vocabulary];
        Accumulate(stationary, cumulativeStationary);
        EntropyRate = FindEntropyRate();
    }

    /// <summary>States.</summary>
    public int Vocabulary { get; }

    /// <summary>π: the share of each token in the long run, π = πP.</summary>
    public IReadOnlyList<double> Stationary => stationary;

    /// <summary>
    /// H = −Σᵢ πᵢ Σⱼ Pᵢⱼ ln Pᵢⱼ in nats: the mean loss of a model that knows the matrix, which no other can beat. (Shannon 1948)
    /// </summary>
    public double EntropyRate { get; }

    /// <summary>Pᵢⱼ: the probability that <paramref name="next"/> follows <paramref name="token"/>.</summary>
    public double Probability(int token, int next) => transition[(token * Vocabulary) + next];

    /// <summary>Draws tokens: the first from the stationary distribution, so that every position has the same one.</summary>
    public void Draw(Span<int> tokens, RandomSource random)
    {
        for (int i = 0; i < tokens.Length; i++)
        {
            ReadOnlySpan<double> row = i == 0 ? cumulativeStationary : cumulative.AsSpan(tokens[i - 1] * Vocabulary, Vocabulary);
            double uniform = random.Bits((ulong)i) * (1.0 / 4294967296.0);
            int place = row.BinarySearch(uniform);

            // token j has the interval [c(j−1), c(j)); at c(j) itself begins the next
            tokens[i] = Math.Min(place < 0 ? ~place : place + 1, Vocabulary - 1);
        }
    }

    private static void Accumulate(ReadOnlySpan<double> probabilities, Span<double> sums)
    {
        double sum = 0;
        for (int j = 0; j < sums.Length; j++)
        {
            sum += probabilities[j];
            sums[j] = sum;
        }
    }

    /// <summary>States are taken out one by one, and the ways through them given to the others; nothing is ever subtracted, so
    /// small probabilities keep their digits. (Grassmann, Taksar and Heyman 1985)</summary>
    private double[] FindStationary()
    {
        int n = Vocabulary;
        double[] p = (double[])transition.Clone();
        for (int state = n - 1; state > 0; state--)
        {
            double leaving = 0;
            for (int j = 0; j < state; j++)
            {
                leaving += p[(state * n) + j];
            }

            for (int i = 0; i < state; i++)
            {
                double share = p[(i * n) + state] /= leaving;
                for (int j = 0; j < state; j++)
                {
                    p[(i * n) + j] += share * p[(state * n) + j];
                }
            }
        }

        double[] shares = new double[n];
        shares[0] = 1;
        double sum = 1;
        for (int state = 1; state < n; state++)
        {
            for (int i = 0; i < state; i++)
            {
                shares[state] += shares[i] * p[(i * n) + state];
            }

            sum += shares[state];
        }

        for (int state = 0; state < n; state++)
        {
            shares[state] /= sum;
        }

        return shares;
    }

    private double FindEntropyRate()
    {
        double rate = 0;
        for (int i = 0; i < Vocabulary; i++)
        {
            double entropy = 0;
            for (int j = 0; j < Vocabulary; j++)
            {
                double probability = Probability(i, j);
                entropy -= probability * ReproducibleMath.Log(probability);
            }

            rate += stationary[i] * entropy;
        }

        return rate;
    }
}
