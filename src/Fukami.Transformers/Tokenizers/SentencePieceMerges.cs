using System.Text;

namespace Fukami.Transformers;

/// <summary>
/// SentencePiece's byte-pair merges: of all neighbours that together are a piece, those with the highest score are joined first, of
/// equals the leftmost. (Kudo and Richardson 2018)
/// </summary>
/// <remarks>Microsoft.ML.Tokenizers joins equals in another order, which shows in runs of spaces and of letters.</remarks>
internal sealed class SentencePieceMerges
{
    private readonly SentencePiece[] pieces;
    private readonly Dictionary<string, int> ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> find;
    private readonly HashSet<int> whole;
    private readonly int longestWhole;
    private readonly int unknown;
    private readonly int[]? bytes;

    public SentencePieceMerges(SentencePiece[] pieces)
    {
        this.pieces = pieces;
        ids = new Dictionary<string, int>(pieces.Length, StringComparer.Ordinal);
        whole = [];
        for (int id = 0; id < pieces.Length; id++)
        {
            switch (pieces[id].Kind)
            {
                case SentencePieceKind.Byte:
                    bytes ??= new int[256];
                    SentencePieceTokenizer.IsByte(pieces[id].Text, out byte value);
                    bytes[value] = id;
                    break;
                case SentencePieceKind.Unknown:
                    unknown = id;
                    break;
                case SentencePieceKind.Normal:
                    ids[pieces[id].Text] = id;
                    break;
                case SentencePieceKind.UserDefined:
                    ids[pieces[id].Text] = id;
                    whole.Add(id);
                    longestWhole = Math.Max(longestWhole, pieces[id].Text.Length);
                    break;
            }
        }

        find = ids.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The ids of a text in which ▁ stands for spaces.</summary>
    public List<int> Encode(string text)
    {
        var starts = new List<int>();
        var frozen = new List<bool>();
        for (int at = 0; at < text.Length;)
        {
            int length = Whole(text.AsSpan(at));
            frozen.Add(length > 0);
            starts.Add(at);
            at += length > 0 ? length : char.IsHighSurrogate(text[at]) ? 2 : 1;
        }

        // a piece goes from its start to its end, which is the start of the next; where a piece was taken into its left one, its end is 0
        int[] ends = [.. starts.Skip(1), text.Length];
        int[] next = [.. Enumerable.Range(1, ends.Length)];
        int[] last = [.. Enumerable.Range(-1, ends.Length)];
        var queue = new PriorityQueue<(int Left, int Right, int End), (float Score, int Left)>(
            Comparer<(float Score, int Left)>.Create((a, b) => a.Score.Equals(b.Score) ? a.Left.CompareTo(b.Left) : b.Score.CompareTo(a.Score)));
        for (int left = 0; left + 1 < ends.Length; left++)
        {
            Offer(left, left + 1);
        }

        while (queue.TryDequeue(out (int Left, int Right, int End) pair, out _))
        {
            // what has grown since is another pair
            if (ends[pair.Left] != starts[pair.Right] || ends[pair.Right] != pair.End)
            {
                continue;
            }

            ends[pair.Left] = pair.End;
            ends[pair.Right] = 0;
            next[pair.Left] = next[pair.Right];
            if (next[pair.Left] < ends.Length)
            {
                last[next[pair.Left]] = pair.Left;
                Offer(pair.Left, next[pair.Left]);
            }

            if (last[pair.Left] >= 0)
            {
                Offer(last[pair.Left], pair.Left);
            }
        }

        var result = new List<int>();
        for (int piece = 0; piece < ends.Length; piece = next[piece])
        {
            Add(result, text.AsSpan(starts[piece]..ends[piece]));
        }

        return result;

        void Offer(int left, int right)
        {
            if (!frozen[left] && !frozen[right] && find.TryGetValue(text.AsSpan(starts[left]..ends[right]), out int id))
            {
                queue.Enqueue((left, right, ends[right]), (pieces[id].Score, left));
            }
        }
    }

    private void Add(List<int> result, ReadOnlySpan<char> piece)
    {
        if (find.TryGetValue(piece, out int id))
        {
            result.Add(id);
        }
        else if (bytes is not null)
        {
            foreach (byte value in Encoding.UTF8.GetBytes(piece.ToString()))
            {
                result.Add(bytes[value]);
            }
        }
        else if (result.Count == 0 || result[^1] != unknown)
        {
            result.Add(unknown);
        }
    }

    private int Whole(ReadOnlySpan<char> text)
    {
        for (int length = Math.Min(longestWhole, text.Length); length > 0; length--)
        {
            if (find.TryGetValue(text[..length], out int id) && whole.Contains(id))
            {
                return length;
            }
        }

        return 0;
    }
}
