using System.Globalization;
using Fukami.Tensors;

namespace Fukami.Course;

/// <summary>Small whole numbers for working by hand, and how they are written.</summary>
internal static class HandNumbers
{
    /// <summary>Draws whole numbers from −largest to largest.</summary>
    public static float[] Draw(RandomSource random, int count, int largest) =>
        [.. Enumerable.Range(0, count).Select(i => (float)(random.Below((ulong)i, (2 * largest) + 1) - largest))];

    /// <summary>As in a textbook: (3, −1, 4).</summary>
    public static string Vector(IEnumerable<float> values) => $"({string.Join(", ", values.Select(value => Show(value, 0)))})";

    /// <summary>With so many decimals, and the sign that mathematics uses.</summary>
    public static string Show(double value, int decimals)
    {
        string text = Math.Round(value, decimals, MidpointRounding.AwayFromZero).ToString(string.Create(CultureInfo.InvariantCulture, $"F{decimals}"), CultureInfo.InvariantCulture);
        return text.StartsWith('-') && text.AsSpan(1).ContainsAnyInRange('1', '9') ? $"−{text[1..]}" : text.TrimStart('-');
    }
}
