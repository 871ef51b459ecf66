namespace Fukami.Lab;

/// <summary>What the model says at one position.</summary>
/// <param name="Position">The position, from 0.</param>
/// <param name="Guesses">The likeliest tokens, the likeliest first.</param>
public sealed record PredictionFigures(int Position, IReadOnlyList<GuessFigures> Guesses);
