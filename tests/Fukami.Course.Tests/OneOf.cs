using CsCheck;

namespace Fukami.Course.Tests;

/// <summary>One of some given values.</summary>
internal static class OneOf
{
    public static Gen<T> Const<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
