namespace Fukami.Transformers;

/// <summary>
/// The likeliest tokens in order, of equals the one with the lower id first: selected before they are sorted, since a draw wants a few of a large
/// vocabulary. Allocates once.
/// </summary>
internal sealed class LikeliestTokens
{
    private double[] weights = [];
    private int[] tokens = [];

    /// <summary>The ids of those that were selected.</summary>
    public ReadOnlySpan<int> Tokens => tokens;

    /// <summary>Selects and sorts.</summary>
    /// <param name="all">A weight for each token, none negative.</param>
    /// <param name="count">How many tokens are wanted, at least 1 and at most all.</param>
    /// <returns>Their weights, the largest first; the ids stand in <see cref="Tokens"/>.</returns>
    public ReadOnlySpan<double> Select(ReadOnlySpan<double> all, int count)
    {
        if (weights.Length < all.Length)
        {
            (weights, tokens) = (new double[all.Length], new int[all.Length]);
        }

        Span<double> best = weights.AsSpan(0, count);
        Span<int> ids = tokens.AsSpan(0, count);
        all[..count].CopyTo(best);
        for (int token = 0; token < count; token++)
        {
            ids[token] = token;
        }

        if (count < all.Length)
        {
            Keep(all, best, ids);
        }

        Sort(best, ids);
        return best;
    }

    // A heap of the best so far, the worst of them at its root: whoever is better takes its place.
    private static void Keep(ReadOnlySpan<double> all, Span<double> best, Span<int> ids)
    {
        for (int place = (best.Length / 2) - 1; place >= 0; place--)
        {
            Sink(best, ids, place);
        }

        for (int token = best.Length; token < all.Length; token++)
        {
            // of equals the earlier one stays
            if (all[token] > best[0])
            {
                (best[0], ids[0]) = (all[token], token);
                Sink(best, ids, 0);
            }
        }
    }

    private static void Sink(Span<double> best, Span<int> ids, int place)
    {
        while ((2 * place) + 1 is var child && child < best.Length)
        {
            child += child + 1 < best.Length && IsWorse(best, ids, child + 1, child) ? 1 : 0;
            if (!IsWorse(best, ids, child, place))
            {
                return;
            }

            (best[place], best[child]) = (best[child], best[place]);
            (ids[place], ids[child]) = (ids[child], ids[place]);
            place = child;
        }
    }

    private static bool IsWorse(Span<double> best, Span<int> ids, int a, int b) => best[a] < best[b] || (best[a] == best[b] && ids[a] > ids[b]);

    // Negated weights sort from the likeliest down; equals must stand in a fixed order too.
    private static void Sort(Span<double> best, Span<int> ids)
    {
        Negate(best);
        best.Sort(ids);
        for (int first = 0, end; first < ids.Length; first = end)
        {
            for (end = first + 1; end < ids.Length && best[end] == best[first]; end++)
            {
            }

            ids[first..end].Sort();
        }

        Negate(best);
    }

    private static void Negate(Span<double> numbers)
    {
        foreach (ref double number in numbers)
        {
            number = -number;
        }
    }
}
