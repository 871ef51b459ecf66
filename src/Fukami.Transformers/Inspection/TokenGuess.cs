namespace Fukami.Transformers;

/// <summary>A token that a model may say.</summary>
/// <param name="Token">The token.</param>
/// <param name="Logit">Its logit.</param>
/// <param name="Probability">Its share of the softmax.</param>
public readonly record struct TokenGuess(int Token, float Logit, double Probability);
