using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// A chain in which each token depends on the two before it, so that what a net can know at best follows from what it can see:
/// nothing, one token, or two. Row (i, j) of the transition is softmax(z / temperature), z = u(i, k) + v(j, k) + w(i, j, k) with standard
/// normal draws: both tokens tell something by themselves, and something only together.
/// </summary>
internal sealed class SecondOrderChain
{
    // far past the point where the distribution of pairs no longer changes by more than a rounding
    private const int MostSweeps = 2000;

    private readonly double[] cumulative;
    private readonly double[] cumulativePairs;
    private readonly double[] next; // P(x_t | x_{t−1}), (last token, next token)

    /// <summary>A random chain.</summary>
    /// <param name="vocabulary">Tokens.</param>
    /// <param name="temperature">The lower, the surer the next token.</param>
    /// <param name="random">Draws the transition.</param>
    public SecondOrderChain(int vocabulary, double temperature, RandomSource random)
    {
        Vocabulary = vocabulary;
        int pairs = vocabulary * vocabulary;
        var transition = new double[pairs * vocabulary]; // (token before the last, last token, next token)
        RandomSource before = random.Split("before"), last = random.Split("last"), both = random.Split("both");
        for (int i = 0; i < vocabulary; i++)
        {
            for (int j = 0; j < vocabulary; j++)
            {
                Span<double> row = transition.AsSpan(((i * vocabulary) + j) * vocabulary, vocabulary);
                double sum = 0;
                for (int k = 0; k < vocabulary; k++)
                {
                    double z = before.Normal((ulong)((i * vocabulary) + k)) + last.Normal((ulong)((j * vocabulary) + k))
                        + both.Normal((ulong)((((i * vocabulary) + j) * vocabulary) + k));
                    row[k] = ReproducibleMath.Exp(z / temperature);
                    sum += row[k];
                }

                for (int k = 0; k < vocabulary; k++)
                {
                    row[k] /= sum;
                }
            }
        }

        double[] stationary = Stationary(transition);
        cumulative = Accumulate(transition, vocabulary);
        cumulativePairs = Accumulate(stationary, pairs);

        var tokens = new double[vocabulary];
        var afterOne = new double[pairs]; // joint probability of the last token and the next
        for (int pair = 0; pair < pairs; pair++)
        {
            int j = pair % vocabulary;
            tokens[j] += stationary[pair];
            ReadOnlySpan<double> row = transition.AsSpan(pair * vocabulary, vocabulary);
            EntropyRate += stationary[pair] * LearnedShare.Entropy(row);
            for (int k = 0; k < vocabulary; k++)
            {
                afterOne[(j * vocabulary) + k] += stationary[pair] * row[k];
            }
        }

        Unigram = LearnedShare.Entropy(tokens);
        LastTokenAlone = LearnedShare.Entropy(afterOne) - Unigram;
        for (int pair = 0; pair < pairs; pair++)
        {
            afterOne[pair] /= tokens[pair / vocabulary];
        }

        next = afterOne;
    }

    /// <summary>Tokens.</summary>
    public int Vocabulary { get; }

    /// <summary>H(x_t): the least loss of a net that sees nothing, in nats.</summary>
    public double Unigram { get; }

    /// <summary>H(x_t | x_{t−1}): the least loss of a net that sees the last token alone, in nats.</summary>
    public double LastTokenAlone { get; }

    /// <summary>H(x_t | x_{t−1}, x_{t−2}): the least loss of all, in nats.</summary>
    public double EntropyRate { get; }

    /// <summary>Draws tokens: the first two from the stationary distribution of pairs.</summary>
    public void Draw(Span<int> tokens, RandomSource random)
    {
        int pair = Place(cumulativePairs, random, 0);
        for (int t = 0; t < tokens.Length; t++)
        {
            tokens[t] = t switch
            {
                0 => pair / Vocabulary,
                1 => pair % Vocabulary,
                _ => Place(cumulative.AsSpan(((tokens[t - 2] * Vocabulary) + tokens[t - 1]) * Vocabulary, Vocabulary), random, (ulong)t),
            };
        }
    }

    /// <summary>The mean loss on a text of the best prediction from the last token alone, in nats.</summary>
    public double LossFromLastToken(TokenBatch text)
    {
        double sum = 0;
        int counted = 0;
        for (int i = 0; i < text.Ids.Length; i++)
        {
            if (text.Targets[i] != TokenBatch.NotCounted)
            {
                sum -= ReproducibleMath.Log(next[(text.Ids[i] * Vocabulary) + text.Targets[i]]);
                counted++;
            }
        }

        return sum / counted;
    }

    private static int Place(ReadOnlySpan<double> sums, RandomSource random, ulong index)
    {
        double uniform = random.Bits(index) * (1.0 / 4294967296.0);
        int place = sums.BinarySearch(uniform);
        return Math.Min(place < 0 ? ~place : place + 1, sums.Length - 1);
    }

    private static double[] Accumulate(double[] probabilities, int row)
    {
        var sums = new double[probabilities.Length];
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = probabilities[i] + (i % row == 0 ? 0 : sums[i - 1]);
        }

        return sums;
    }

    // π(j, k) = Σ_i π(i, j)·P(k | i, j), repeated until it holds
    private double[] Stationary(double[] transition)
    {
        int pairs = Vocabulary * Vocabulary;
        var now = new double[pairs];
        now.AsSpan().Fill(1.0 / pairs);
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            var after = new double[pairs];
            for (int pair = 0; pair < pairs; pair++)
            {
                int first = pair % Vocabulary * Vocabulary;
                for (int k = 0; k < Vocabulary; k++)
                {
                    after[first + k] += now[pair] * transition[(pair * Vocabulary) + k];
                }
            }

            double change = 0;
            for (int pair = 0; pair < pairs; pair++)
            {
                change = Math.Max(change, Math.Abs(after[pair] - now[pair]));
            }

            now = after;
            if (change < 1e-15)
            {
                break;
            }
        }

        return now;
    }
}
