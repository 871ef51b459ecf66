namespace Fukami.Transformers;

/// <summary>A model or a pass cannot be inspected as was asked. The message says in one sentence what was given, what is possible and what to do.</summary>
public sealed class InspectionException(string message) : Exception(message);
