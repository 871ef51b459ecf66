using Fukami.Tensors;

namespace Fukami.Course;

/// <summary>One head's attention over three tokens with small whole numbers, computed by the engine: right, and with each known mistake. (Vaswani et al. 2017, eq. 1)</summary>
internal sealed class SmallAttention
{
    private const int Tokens = 3;

    private readonly int width;
    private readonly bool causal;

    /// <summary>Draws queries, keys and values.</summary>
    /// <param name="random">The source of the draw.</param>
    /// <param name="width">d: features of the head.</param>
    /// <param name="causal">Whether a token sees only itself and those before it.</param>
    public SmallAttention(RandomSource random, int width, bool causal)
    {
        (this.width, this.causal) = (width, causal);
        Query = HandNumbers.Draw(random.Split("query"), Tokens * width, 2);
        Key = HandNumbers.Draw(random.Split("key"), Tokens * width, 2);
        Value = HandNumbers.Draw(random.Split("value"), Tokens * width, 3);
    }

    /// <summary>Queries, (token, d).</summary>
    public float[] Query { get; }

    /// <summary>Keys, (token, d).</summary>
    public float[] Key { get; }

    /// <summary>Values, (token, d).</summary>
    public float[] Value { get; }

    /// <summary>A token's row of queries, keys or values.</summary>
    public float[] Row(float[] matrix, int token) => matrix[(token * width)..((token + 1) * width)];

    /// <summary>q·k·scale for every query and key, (query, key).</summary>
    public float[] Scores(double scale) => Run((q, k, _) => q.Scores(k, 1, 1, (float)scale, causal: false, null));

    /// <summary>The pattern, (query, key); the right one for a scale of 1/√d and the mask in front of the softmax.</summary>
    public float[] Pattern(double scale) => Run((q, k, _) => q.Scores(k, 1, 1, (float)scale, causal, null).Softmax());

    /// <summary>The pattern with the mask applied after the softmax.</summary>
    public float[] PatternMaskedAfterwards(double scale)
    {
        float[] pattern = Run((q, k, _) => q.Scores(k, 1, 1, (float)scale, causal: false, null).Softmax());
        for (int query = 0; query < Tokens && causal; query++)
        {
            pattern.AsSpan((query * Tokens) + query + 1, Tokens - query - 1).Clear();
        }

        return pattern;
    }

    /// <summary>The pattern with the softmax over the queries, (query, key).</summary>
    public float[] PatternOverQueries(double scale)
    {
        float[] turned = Run((q, k, _) => k.Scores(q, 1, 1, (float)scale, causal: false, null).Softmax()); // (key, query)
        var pattern = new float[turned.Length];
        for (int query = 0; query < Tokens; query++)
        {
            for (int key = 0; key < Tokens; key++)
            {
                pattern[(query * Tokens) + key] = causal && key > query ? 0 : turned[(key * Tokens) + query];
            }
        }

        return pattern;
    }

    /// <summary>pattern·v, (token, d), by the engine.</summary>
    public float[] Output(double scale) => Run((q, k, v) => q.Scores(k, 1, 1, (float)scale, causal, null).Softmax().Mix(v, 1));

    /// <summary>A row of a pattern times the values.</summary>
    public double Mixed(float[] pattern, int query, int feature) =>
        Enumerable.Range(0, Tokens).Sum(key => (double)pattern[(query * Tokens) + key] * Value[(key * width) + feature]);

    private float[] Run(Func<Tensor, Tensor, Tensor, Tensor> compute)
    {
        var tape = new Tape();
        tape.Begin();
        var shape = new Shape(1, Tokens, width);
        return compute(tape.Input(Query, shape), tape.Input(Key, shape), tape.Input(Value, shape)).Values.ToArray();
    }
}
