namespace Fukami.Lab;

/// <summary>What a search found.</summary>
/// <param name="Rate">The largest learning rate at which the net learns.</param>
internal sealed record RateLimit(double Rate);
