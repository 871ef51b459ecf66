using System.Globalization;
using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>A sentence and the weights of one attention, whole numbers all, small enough to check by hand.</summary>
internal sealed record AttentionExample
{
    /// <summary>The tokens' names.</summary>
    public required string[] Tokens { get; init; }

    /// <summary>Heads.</summary>
    public required int Heads { get; init; }

    /// <summary>d: features of a head's query, key or value.</summary>
    public required int HeadWidth { get; init; }

    /// <summary>Whether a token sees only itself and those before it.</summary>
    public required bool Causal { get; init; }

    /// <summary>x, (token, width).</summary>
    public required double[][] X { get; init; }

    /// <summary>W_q, (width, heads · d), the heads side by side.</summary>
    public required double[][] Query { get; init; }

    /// <summary>W_k, (width, heads · d).</summary>
    public required double[][] Key { get; init; }

    /// <summary>W_v, (width, heads · d).</summary>
    public required double[][] Value { get; init; }

    /// <summary>Three tokens of four features; the last token's first head looks at “cat”, its second at “The”.</summary>
    public static AttentionExample Fixed(bool causal) => new()
    {
        Tokens = ["The", "cat", "sat"],
        Heads = 2,
        HeadWidth = 4,
        Causal = causal,
        X =
        [
            [1, 0, 1, 0],
            [0, 2, 0, 1],
            [1, 1, 0, 1],
        ],
        Query =
        [
            [1, 0, 0, 0, 0, 0, 2, 0],
            [0, 1, 0, 0, 1, 0, 0, 0],
            [0, 0, 1, 0, 0, 1, 0, 0],
            [0, 0, 0, 1, 0, 0, 1, 0],
        ],
        Key =
        [
            [1, 0, 0, 0, 1, 0, 0, 0],
            [0, 2, 0, 0, 0, 1, 0, 0],
            [0, 0, 1, 0, 0, 0, 1, 0],
            [0, 0, 0, 0, 0, 0, 0, 1],
        ],
        Value =
        [
            [1, 0, 0, 0, 0, 1, 0, 0],
            [0, 1, 0, 0, 1, 0, 0, 0],
            [0, 0, 1, 0, 0, 0, 0, 1],
            [0, 0, 0, 1, 0, 0, 1, 0],
        ],
    };

    /// <summary>Whole numbers from −2 to 2 in x and from −1 to 1 in the weights.</summary>
    public static AttentionExample Drawn(int tokens, int width, int heads, int headWidth, bool causal, RandomSource random)
    {
        return new AttentionExample
        {
            Tokens = [.. Enumerable.Range(1, tokens).Select(t => string.Create(CultureInfo.InvariantCulture, $"t{t}"))],
            Heads = heads,
            HeadWidth = headWidth,
            Causal = causal,
            X = Draw("x", tokens, width, 2),
            Query = Draw("query", width, heads * headWidth, 1),
            Key = Draw("key", width, heads * headWidth, 1),
            Value = Draw("value", width, heads * headWidth, 1),
        };

        double[][] Draw(string name, int rows, int columns, int largest)
        {
            RandomSource ofMatrix = random.Split(name);
            return [.. Enumerable.Range(0, rows).Select(r => Enumerable.Range(0, columns).Select(c => (double)(ofMatrix.Below((ulong)((r * columns) + c), (2 * largest) + 1) - largest)).ToArray())];
        }
    }
}
