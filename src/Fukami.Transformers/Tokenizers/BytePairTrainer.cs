using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Fukami.Transformers;

/// <summary>
/// Finds the merges of a byte-pair encoding. All different words lie in one array of symbols, each symbol linked to its
/// neighbours; a merge visits the places of its pair alone and corrects the counts of the pairs beside them, so the work is
/// the sum of all merges made, whatever the length of the words.
/// </summary>
internal sealed class BytePairTrainer
{
    private readonly List<byte[]> tokens = [.. ByteAlphabet.Order.Select(value => new[] { value })];
    private readonly Dictionary<(int Left, int Right), Pair> pairs = [];
    private readonly PriorityQueue<(int Left, int Right), (long Count, int Left, int Right)> queue =
        new(Comparer<(long Count, int Left, int Right)>.Create(MostFrequentFirst));

    private readonly int[] symbol;
    private readonly int[] next;
    private readonly int[] previous;
    private readonly int[] weight;

    /// <summary>Cuts the text into words and counts them.</summary>
    public BytePairTrainer(string text)
    {
        Dictionary<string, int> words = Words(text);
        int size = words.Keys.Sum(Encoding.UTF8.GetByteCount);
        (symbol, next, previous, weight) = (new int[size], new int[size], new int[size], new int[size]);
        int[] idOfByte = new int[256];
        for (int id = 0; id < 256; id++)
        {
            idOfByte[ByteAlphabet.Order[id]] = id;
        }

        int place = 0;
        foreach ((string word, int count) in words)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(word);
            for (int i = 0; i < bytes.Length; i++, place++)
            {
                symbol[place] = idOfByte[bytes[i]];
                previous[place] = i == 0 ? -1 : place - 1;
                next[place] = i == bytes.Length - 1 ? -1 : place + 1;
                weight[place] = count;
            }
        }

        for (place = 0; place < size; place++)
        {
            if (next[place] >= 0)
            {
                Count((symbol[place], symbol[next[place]]), weight[place], place);
            }
        }

        foreach (((int left, int right), Pair pair) in pairs)
        {
            queue.Enqueue((left, right), (pair.Count, left, right));
        }
    }

    /// <summary>Merges until there are as many tokens as wanted, or no pair occurs twice.</summary>
    /// <returns>Tokens by id and merges in order, in the writing of <see cref="ByteAlphabet"/>.</returns>
    public (string[] Vocabulary, string[] Merges) Train(int vocabulary)
    {
        var merges = new List<string>();
        var changed = new HashSet<(int Left, int Right)>();
        var ids = new Dictionary<string, int>(tokens.Select((token, id) => KeyValuePair.Create(ByteAlphabet.Write(token), id)), StringComparer.Ordinal);
        while (tokens.Count < vocabulary && MostFrequent() is { } found)
        {
            pairs.Remove(found, out Pair? pair);
            (byte[] left, byte[] right) = (tokens[found.Left], tokens[found.Right]);
            byte[] merged = [.. left, .. right];

            // two ways to the same bytes ("a"+"bc", "ab"+"c") lead to the same token
            if (ids.TryAdd(ByteAlphabet.Write(merged), tokens.Count))
            {
                tokens.Add(merged);
            }

            merges.Add($"{ByteAlphabet.Write(left)} {ByteAlphabet.Write(right)}");
            Merge(found.Left, found.Right, ids[ByteAlphabet.Write(merged)], pair!.Places, changed);
            foreach ((int Left, int Right) other in changed)
            {
                if (pairs.TryGetValue(other, out Pair? counted))
                {
                    queue.Enqueue(other, (counted.Count, other.Left, other.Right));
                }
            }

            changed.Clear();
        }

        return ([.. tokens.Select(token => ByteAlphabet.Write(token))], [.. merges]);
    }

    private static Dictionary<string, int> Words(string text)
    {
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (ValueMatch match in WordPattern.Gpt2().EnumerateMatches(text))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(lookup, text.AsSpan(match.Index, match.Length), out _)++;
        }

        return words;
    }

    private (int Left, int Right)? MostFrequent()
    {
        while (queue.TryDequeue(out (int Left, int Right) pair, out (long Count, int Left, int Right) order))
        {
            // an entry whose count has changed since has been queued anew with the right one
            if (order.Count >= 2 && pairs.TryGetValue(pair, out Pair? counted) && counted.Count == order.Count)
            {
                return pair;
            }
        }

        return null;
    }

    private void Merge(int left, int right, int merged, List<int> places, HashSet<(int Left, int Right)> changed)
    {
        // from left to right, as the encoder does: of "aaa", the first two are merged
        places.Sort();
        foreach (int place in places)
        {
            int second = next[place];
            if (symbol[place] != left || second < 0 || symbol[second] != right)
            {
                continue;
            }

            (int before, int after) = (previous[place], next[second]);
            if (before >= 0)
            {
                Recount((symbol[before], left), (symbol[before], merged), weight[place], before, changed);
            }

            if (after >= 0)
            {
                Recount((right, symbol[after]), (merged, symbol[after]), weight[place], place, changed);
                previous[after] = place;
            }

            (symbol[place], symbol[second]) = (merged, -1);
            next[place] = after;
        }
    }

    private void Recount((int Left, int Right) gone, (int Left, int Right) come, int count, int place, HashSet<(int Left, int Right)> changed)
    {
        if (pairs.TryGetValue(gone, out Pair? pair))
        {
            pair.Count -= count;
            changed.Add(gone);
        }

        Count(come, count, place);
        changed.Add(come);
    }

    private void Count((int Left, int Right) key, int count, int place)
    {
        ref Pair? pair = ref CollectionsMarshal.GetValueRefOrAddDefault(pairs, key, out _);
        pair ??= new Pair();
        pair.Count += count;
        pair.Places.Add(place);
    }

    private static int MostFrequentFirst((long Count, int Left, int Right) x, (long Count, int Left, int Right) y) =>
        x.Count != y.Count ? y.Count.CompareTo(x.Count)
        : x.Left != y.Left ? x.Left.CompareTo(y.Left)
        : x.Right.CompareTo(y.Right);

    /// <summary>How often a pair occurs, and where; a place may be outdated or stand twice.</summary>
    private sealed class Pair
    {
        public long Count { get; set; }

        public List<int> Places { get; } = [];
    }
}
