namespace Fukami.Tests;

/// <summary>The managed memory that some work takes on its thread.</summary>
internal static class Allocation
{
    private const int MostTries = 8;

    /// <summary>
    /// The bytes that the work allocates each time; the least of some measurements. A thread gets memory in portions of 8 KB, and where the collector takes
    /// back what is left of one while other tests run, that counts as allocated.
    /// </summary>
    public static long Of(Action work)
    {
        long least = long.MaxValue;
        for (int i = 0; i < MostTries && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
