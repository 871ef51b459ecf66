namespace Fukami.Transformers;

/// <summary>A way to make a tokenizer from the text that is trained on.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Explanation">One line.</param>
/// <param name="Train">Makes it from a text; the number is the vocabulary wanted, where it can be chosen.</param>
public sealed record TokenizerKind(string Name, Bilingual Explanation, Func<string, int, ITokenizer> Train) : Choice(Name, Explanation);
