namespace Fukami.Lab;

/// <summary>A token that the model may say.</summary>
/// <param name="Token">The token.</param>
/// <param name="Text">Its text.</param>
/// <param name="Logit">Its logit.</param>
/// <param name="Probability">Its share of the softmax.</param>
/// <param name="Before">Its probability without the interventions, if there are any.</param>
public sealed record GuessFigures(int Token, string Text, double Logit, double Probability, double? Before);
