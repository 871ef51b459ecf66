using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>The same attention by the engine that the Transformers of this lab run on, and what its gradient says of the mask.</summary>
internal sealed class EngineAttention
{
    /// <summary>Computes an example.</summary>
    public EngineAttention(Tape tape, AttentionExample example)
    {
        int tokens = example.Tokens.Length, heads = example.Heads;
        tape.Begin();
        Tensor x = tape.Input(Flat(example.X), new Shape(1, tokens, example.X[0].Length)); // (1, token, width)
        Tensor q = x.Linear(Weight("query", example.Query)), k = x.Linear(Weight("key", example.Key)), v = x.Linear(Weight("value", example.Value)); // (1, token, heads·d)
        Tensor pattern = q.Scores(k, heads, heads, (float)(1 / Math.Sqrt(example.HeadWidth)), example.Causal, null).Softmax(); // (1, heads, query, key)
        Tensor z = pattern.Mix(v, heads); // (1, token, heads·d)
        Pattern = pattern.Values.ToArray();
        Z = z.Values.ToArray();

        // the first token's output alone: under the mask it may know no other token
        var first = new float[Z.Length];
        first.AsSpan(0, Z.Length / tokens).Fill(1);
        tape.Backward(z, first);
        LargestHiddenGradient = Math.Max(LargestBehindFirst(k.Gradient), LargestBehindFirst(v.Gradient));

        double LargestBehindFirst(ReadOnlySpan<float> gradient)
        {
            double largest = 0;
            for (int i = gradient.Length / tokens; i < gradient.Length; i++)
            {
                largest = Math.Max(largest, Math.Abs(gradient[i]));
            }

            return largest;
        }
    }

    /// <summary>The pattern, (head, query, key).</summary>
    public float[] Pattern { get; }

    /// <summary>The heads' outputs side by side, (token, heads · d).</summary>
    public float[] Z { get; }

    /// <summary>The largest gradient of the first token's output with respect to a later token's key or value.</summary>
    public double LargestHiddenGradient { get; }

    private static float[] Flat(double[][] matrix) => [.. matrix.SelectMany(row => row).Select(x => (float)x)];

    private static Parameter Weight(string name, double[][] matrix)
    {
        var weight = new Parameter(name, new Shape(matrix.Length, matrix[0].Length));
        Flat(matrix).CopyTo(weight.Values);
        return weight;
    }
}
