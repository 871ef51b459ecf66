using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>
/// A token that needs some features of one place and others of another: what the best single head misses, and what two heads miss.
/// </summary>
internal static class TwoPlaces
{
    private const int Features = 1024;
    private const float Sure = 40; // a score so far ahead that the other weight is below single precision

    /// <summary>Features of each of the two places, which the bound's width follows from.</summary>
    public static int Count => 2 * Features;

    /// <summary>The shares of the wanted output's square that the best single head and that two heads miss.</summary>
    public static (double OneHead, double TwoHeads) Measure(Tape tape, RandomSource random)
    {
        var values = new float[2 * Count]; // (place, feature)
        random.FillNormal(values, 1);
        float[] wanted = [.. values[..Features], .. values[(Count + Features)..]];
        double best = double.PositiveInfinity;
        for (int percent = 1; percent < 100; percent++)
        {
            // one head: its only freedom is how it shares its weight between the two places
            float advantage = (float)ReproducibleMath.Log(percent / (100.0 - percent));
            best = Math.Min(best, Missed([advantage]));
        }

        return (best, Missed([Sure, -Sure]));

        // by how much each head's score of the first place is ahead of the second's
        double Missed(float[] advantages)
        {
            int heads = advantages.Length;
            tape.Begin();
            Tensor q = tape.Input([.. Enumerable.Repeat(1f, heads)], new Shape(1, 1, heads));
            Tensor k = tape.Input([.. advantages, .. new float[heads]], new Shape(1, 2, heads));
            Tensor v = tape.Input(values, new Shape(1, 2, Count));
            ReadOnlySpan<float> z = q.Scores(k, heads, heads, 1, causal: false, null).Softmax().Mix(v, heads).Values;
            double missed = 0, all = 0;
            for (int i = 0; i < wanted.Length; i++)
            {
                missed += ((double)z[i] - wanted[i]) * ((double)z[i] - wanted[i]);
                all += (double)wanted[i] * wanted[i];
            }

            return missed / all;
        }
    }
}
