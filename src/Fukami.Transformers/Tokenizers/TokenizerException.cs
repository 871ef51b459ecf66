namespace Fukami.Transformers;

/// <summary>A text has no tokens, or ids have no text. The message is one sentence to a person.</summary>
public sealed class TokenizerException(string message, Exception? inner = null) : Exception(message, inner);
