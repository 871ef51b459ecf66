namespace Fukami.Lab;

/// <summary>One net to measure: its first step, or a training.</summary>
/// <param name="Arrangement">How it is connected.</param>
/// <param name="Depth">Layers.</param>
/// <param name="Learning">Its training; of a net whose first step is measured, only the settings and the seed are used.</param>
/// <param name="Kind">What is measured.</param>
internal sealed record PlacementJob(Arrangement Arrangement, int Depth, LearningJob Learning, PlacementKind Kind);

/// <summary>What is measured on a net.</summary>
internal enum PlacementKind
{
    /// <summary>Its first step.</summary>
    FirstStep,

    /// <summary>A training at the full rate from the first step on.</summary>
    Cold,

    /// <summary>A training whose rate rises from nearly 0.</summary>
    WarmedUp,
}
