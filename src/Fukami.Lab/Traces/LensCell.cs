namespace Fukami.Lab;

/// <summary>What the logit lens sees at one layer and position.</summary>
/// <param name="Token">The likeliest token.</param>
/// <param name="Text">Its text.</param>
/// <param name="Probability">Its probability.</param>
/// <param name="Final">The probability of the token that is likeliest behind the last layer.</param>
public sealed record LensCell(int Token, string Text, double Probability, double Final);
