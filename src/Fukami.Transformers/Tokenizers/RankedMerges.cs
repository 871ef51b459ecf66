using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Fukami.Transformers;

/// <summary>
/// Byte-pair merges over characters, the pair that was learned first merged first, of equals the leftmost; a character that is no token
/// becomes its UTF-8 bytes. (Sennrich et al. 2016; Hugging Face tokenizers, byte_fallback)
/// </summary>
internal sealed class RankedMerges
{
    private readonly Dictionary<string, int> ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> find;
    private readonly Dictionary<(int Left, int Right), Merge> merges = [];
    private readonly int[] bytes = new int[256];

    /// <summary>Merges of checked tokens.</summary>
    /// <param name="file">Where they come from, for messages.</param>
    /// <param name="ids">The ids by token.</param>
    /// <param name="pairs">Left, a space and right, the first merged first.</param>
    /// <exception cref="CheckpointException">A byte has no token, or a merge makes none.</exception>
    public RankedMerges(JsonNodeReader file, Dictionary<string, int> ids, IReadOnlyList<(string Left, string Right)> pairs)
    {
        this.ids = ids;
        find = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int value = 0; value < 256; value++)
        {
            string token = string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>");
            bytes[value] = ids.TryGetValue(token, out int id) ? id : throw file.Error($"asks for byte_fallback and has no token {token}");
        }

        for (int rank = 0; rank < pairs.Count; rank++)
        {
            (string left, string right) = pairs[rank];
            if (!ids.TryGetValue(left, out int first) || !ids.TryGetValue(right, out int second) || !ids.TryGetValue(left + right, out int whole) || !merges.TryAdd((first, second), new Merge(rank, whole)))
            {
                throw file.Error($"has the merge {Excerpt.Of($"{left} {right}")} twice, or of what is no token");
            }
        }
    }

    /// <summary>Appends the ids of a word.</summary>
    /// <param name="word">The word; ▁ stands for spaces.</param>
    /// <param name="result">Where the ids go.</param>
    public void Encode(string word, List<int> result)
    {
        List<int> symbols = Symbols(word);
        int[] next = [.. Enumerable.Range(1, symbols.Count)];
        int[] last = [.. Enumerable.Range(-1, symbols.Count)];
        var queue = new PriorityQueue<(int Left, int Right, int First, int Second), (int Rank, int Left)>();
        for (int left = 0; left + 1 < symbols.Count; left++)
        {
            Offer(left, left + 1);
        }

        while (queue.TryDequeue(out (int Left, int Right, int First, int Second) pair, out _))
        {
            // what has grown since is another pair
            if (symbols[pair.Left] != pair.First || next[pair.Left] != pair.Right || symbols[pair.Right] != pair.Second)
            {
                continue;
            }

            symbols[pair.Left] = merges[(pair.First, pair.Second)].Whole;
            symbols[pair.Right] = -1;
            next[pair.Left] = next[pair.Right];
            if (next[pair.Left] < symbols.Count)
            {
                last[next[pair.Left]] = pair.Left;
                Offer(pair.Left, next[pair.Left]);
            }

            if (last[pair.Left] >= 0)
            {
                Offer(last[pair.Left], pair.Left);
            }
        }

        result.AddRange(symbols.Where(symbol => symbol >= 0));

        void Offer(int left, int right)
        {
            if (merges.TryGetValue((symbols[left], symbols[right]), out Merge merge))
            {
                queue.Enqueue((left, right, symbols[left], symbols[right]), (merge.Rank, left));
            }
        }
    }

    private List<int> Symbols(string word)
    {
        var symbols = new List<int>(word.Length);
        Span<byte> utf8 = stackalloc byte[4];
        for (int at = 0; at < word.Length;)
        {
            Rune.DecodeFromUtf16(word.AsSpan(at), out Rune rune, out int length);
            if (find.TryGetValue(word.AsSpan(at, length), out int id))
            {
                symbols.Add(id);
            }
            else
            {
                foreach (byte value in utf8[..rune.EncodeToUtf8(utf8)])
                {
                    symbols.Add(bytes[value]);
                }
            }

            at += length;
        }

        return symbols;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Merge(int Rank, int Whole);
}
