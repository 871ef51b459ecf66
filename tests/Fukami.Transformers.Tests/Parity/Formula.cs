using System.Text;

namespace Fukami.Transformers.Tests;

/// <summary>
/// Weights, ids and signs given by a formula, to the bit those of tests/parity/formula.py, so that no fixture needs to store them:
/// the murmur3 finalizer of FNV-1a(name) + index · 0x9E3779B9.
/// </summary>
internal static class Formula
{
    public static uint NameHash(string name)
    {
        uint hash = 0x811C9DC5;
        foreach (byte letter in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ letter) * 0x01000193;
        }

        return hash;
    }

    public static uint Bits(uint nameHash, int index)
    {
        uint x = nameHash + ((uint)index * 0x9E3779B9);
        x = (x ^ (x >> 16)) * 0x85EBCA6B;
        x = (x ^ (x >> 13)) * 0xC2B2AE35;
        return x ^ (x >> 16);
    }

    public static int Id(string name, int index, int bound) => (int)(Bits(NameHash(name), index) % (uint)bound);

    /// <summary>The values of a parameter or running statistic, by the last parts of its name.</summary>
    public static void Fill(string name, Span<float> values, double matrixScale)
    {
        string[] parts = name.Split('.');
        string last = parts[^1];
        string owner = parts.Length > 1 ? parts[^2] : "";
        (double center, double scale) = last switch
        {
            "gain" => (1, 0.5),
            "bias" or "running_mean" => (0, 0.5),
            "alpha" => (0.5, 0.25),
            "residual_scale" => (0.5, 0.5),
            "running_variance" or "running_square" => (1, 1),
            "running_gradient" => (0, 1.0 / 16),
            _ when owner is "embed" or "pos_embed" => (0, 2),
            _ => (0, matrixScale),
        };
        uint hash = NameHash(name);
        for (int i = 0; i < values.Length; i++)
        {
            double uniform = ((Bits(hash, i) >> 8) - 8388608.0) / 16777216.0;
            values[i] = (float)(center + (scale * uniform));
        }
    }

    /// <summary>The product of an array with the k-th of eight vectors of signs that its name gives, k from 0.</summary>
    public static double SignedSum(string name, ReadOnlySpan<float> values, int k)
    {
        uint hash = NameHash("sign:" + name);
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += ((Bits(hash, i) >> k) & 1) == 1 ? values[i] : -values[i];
        }

        return sum;
    }
}
