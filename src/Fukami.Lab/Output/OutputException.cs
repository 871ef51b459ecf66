namespace Fukami.Lab;

/// <summary>A file could not be written.</summary>
public sealed class OutputException(LocalizedText sentence, Exception? inner = null) : LabException(sentence, inner);
