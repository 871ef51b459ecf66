using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Fukami.Tensors;

/// <summary>
/// The machine's own limits, measured: what speed is stated as a share of.
/// </summary>
public static unsafe class Ceiling
{
    private const int Chains = 12;

    /// <summary>
    /// Multiply-add operations a second (a fused multiply-add counts as two) of all threads of a team together, from registers alone,
    /// with the widest vectors in use: the best of several runs of some milliseconds.
    /// </summary>
    /// <param name="team">The threads to measure.</param>
    /// <param name="runs">How often; the best counts, as anything else on the machine can only slow it down.</param>
    public static double Measure(ThreadTeam team, int runs = 9)
    {
        ArgumentNullException.ThrowIfNull(team);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(runs);
        var program = new MultiplyAdds();
        team.Run(program);
        double best = 0;
        for (int run = 0; run < runs; run++)
        {
            long start = Stopwatch.GetTimestamp();
            team.Run(program);
            best = Math.Max(best, team.Threads * MultiplyAdds.Operations / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    /// <summary>Bits of the vectors in use: 512, 256 or 128.</summary>
    public static int VectorBits => Widest.Bits;

    private sealed class MultiplyAdds : IProgram
    {
        private const int Rounds = 1_000_000;

        /// <summary>Of one thread; sixteen lanes whatever a vector's width.</summary>
        public const double Operations = 2.0 * 16 * Chains * Rounds;

        public int Steps => 1;

        public bool MustWait(int step) => false;

        public void Run(int step, Worker worker) => Widest.Run(new MultiplyAddChains(Rounds, worker.Scratch(16, drawer: 1)));
    }

    /// <summary>Independent chains of fused multiply-adds, enough to hide their latency.</summary>
    private readonly struct MultiplyAddChains(int rounds, float* sink) : IKernel
    {
        private readonly int rounds = rounds;
        private readonly float* sink = sink;

        [MethodImpl(Compiled.ByItself)]
        public void Run<V>()
            where V : struct, IVector<V>
        {
            V factor = V.Of(0.5f);
            V a = V.Of(1f), b = V.Of(2f), c = V.Of(3f), d = V.Of(4f), e = V.Of(5f), f = V.Of(6f);
            V g = V.Of(7f), h = V.Of(8f), i = V.Of(9f), j = V.Of(10f), k = V.Of(11f), l = V.Of(12f);
            for (int round = 0; round < rounds; round++)
            {
                a = V.FusedMultiplyAdd(a, factor, factor);
                b = V.FusedMultiplyAdd(b, factor, factor);
                c = V.FusedMultiplyAdd(c, factor, factor);
                d = V.FusedMultiplyAdd(d, factor, factor);
                e = V.FusedMultiplyAdd(e, factor, factor);
                f = V.FusedMultiplyAdd(f, factor, factor);
                g = V.FusedMultiplyAdd(g, factor, factor);
                h = V.FusedMultiplyAdd(h, factor, factor);
                i = V.FusedMultiplyAdd(i, factor, factor);
                j = V.FusedMultiplyAdd(j, factor, factor);
                k = V.FusedMultiplyAdd(k, factor, factor);
                l = V.FusedMultiplyAdd(l, factor, factor);
            }

            V.Store(a + b + c + d + e + f + g + h + i + j + k + l, sink);
        }
    }
}
