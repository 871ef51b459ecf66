namespace Fukami.Lab;

/// <summary>The largest learning rates at which an arrangement learns, one a seed.</summary>
/// <param name="Arrangement">The arrangement.</param>
/// <param name="Without">Without warm-up.</param>
/// <param name="With">With warm-up.</param>
internal sealed record RateLimits(Arrangement Arrangement, IReadOnlyList<double> Without, IReadOnlyList<double> With);
