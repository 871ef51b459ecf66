namespace Fukami.Transformers;

/// <summary>A model folder, or a file of one, cannot be read or written. The message is one sentence to a person.</summary>
public sealed class CheckpointException(string message, Exception? inner = null) : Exception(message, inner);
