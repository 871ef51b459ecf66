namespace Fukami.Transformers;

/// <summary>A training cannot begin or go on. The message is one sentence to a person.</summary>
public sealed class TrainingException(string message, Exception? inner = null) : Exception(message, inner);
