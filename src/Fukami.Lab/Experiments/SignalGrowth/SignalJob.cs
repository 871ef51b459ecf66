using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>What a net of <see cref="SignalGrowth"/> is measured for.</summary>
internal enum SignalPart
{
    /// <summary>The arrangements that were selected, layer by layer.</summary>
    Profile,

    /// <summary>Xiong's setting, for which there is a theorem.</summary>
    Xiong,

    /// <summary>GPT-2's start, with and without its factor for depth.</summary>
    Start,
}

/// <summary>One net to measure.</summary>
/// <param name="Part">What for.</param>
/// <param name="Name">The name of its series.</param>
/// <param name="Arrangement">Its arrangement.</param>
/// <param name="Net">The net.</param>
/// <param name="Uniform">Whether its attention is made uniform.</param>
/// <param name="Batch">Sentences.</param>
/// <param name="Seed">Number of the seed, from 0.</param>
internal sealed record SignalJob(SignalPart Part, string Name, Arrangement Arrangement, TransformerSettings Net, bool Uniform, int Batch, int Seed);
