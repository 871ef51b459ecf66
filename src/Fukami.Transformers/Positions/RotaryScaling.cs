namespace Fukami.Transformers;

/// <summary>A change of the frequencies of rotary positions.</summary>
/// <param name="Name">As it is written in config.json.</param>
/// <param name="Explanation">One line.</param>
/// <param name="Of">The frequency that takes the place of one, in radians a position.</param>
public sealed record RotaryScaling(string Name, Bilingual Explanation, Func<double, TransformerSettings, double> Of) : Choice(Name, Explanation);
