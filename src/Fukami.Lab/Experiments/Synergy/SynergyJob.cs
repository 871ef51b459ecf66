namespace Fukami.Lab;

/// <summary>One net of the design.</summary>
/// <param name="Arrangement">How it is connected.</param>
/// <param name="Depth">Its layers.</param>
/// <param name="Learning">Its training.</param>
internal sealed record SynergyJob(Arrangement Arrangement, int Depth, LearningJob Learning);
