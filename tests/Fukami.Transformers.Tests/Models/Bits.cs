using System.Runtime.InteropServices;

namespace Fukami.Transformers.Tests;

/// <summary>Compares numbers by their bits.</summary>
internal static class Bits
{
    public static void Same(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]))
            {
                Assert.Fail($"Number {i} of {expected.Length} is {actual[i]:R}; {expected[i]:R} was expected, to the bit.");
            }
        }
    }

    public static bool AreSame(ReadOnlySpan<float> left, ReadOnlySpan<float> right) =>
        MemoryMarshal.AsBytes(left).SequenceEqual(MemoryMarshal.AsBytes(right));
}
