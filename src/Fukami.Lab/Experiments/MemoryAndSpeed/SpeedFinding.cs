namespace Fukami.Lab;

/// <summary>Times of one repetition, in seconds.</summary>
/// <param name="Training">A training step (forward, backward, Adam) by batch, at the shortest length.</param>
/// <param name="Forward">A forward pass by batch, at the shortest length.</param>
/// <param name="Backward">Forward and backward by batch, at the shortest length.</param>
/// <param name="ByLength">Forward pass, a token, by length, of as many tokens as the longest.</param>
/// <param name="Cached">A token of a single sentence with the key/value cache.</param>
/// <param name="Uncached">A token of a single sentence, reading all of it again.</param>
internal sealed record SpeedFinding(
    IReadOnlyList<double> Training, IReadOnlyList<double> Forward, IReadOnlyList<double> Backward, IReadOnlyList<double> ByLength, double Cached, double Uncached);
