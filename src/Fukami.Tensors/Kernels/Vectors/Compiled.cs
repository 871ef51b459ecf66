using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>How the compiler is to treat loops.</summary>
internal static class Compiled
{
    /// <summary>
    /// Optimized at once, and as a method of its own: a loop that is drawn into its caller shares the caller's budget for inlining,
    /// and where that runs out in the middle of a polynomial every multiply-add becomes a call.
    /// </summary>
    public const MethodImplOptions ByItself = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;
}
