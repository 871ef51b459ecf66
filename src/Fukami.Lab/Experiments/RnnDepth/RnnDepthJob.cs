namespace Fukami.Lab;

/// <summary>One net of one seed to measure.</summary>
/// <param name="Net">The net.</param>
/// <param name="Seed">The number of its seed, from 0.</param>
/// <param name="IsOfSweep">Whether it belongs to the sweep over recurrent gains.</param>
internal sealed record RnnDepthJob(RnnDepthNet Net, int Seed, bool IsOfSweep);
