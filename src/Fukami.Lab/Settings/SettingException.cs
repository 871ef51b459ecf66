namespace Fukami.Lab;

/// <summary>An unknown setting, a value out of its bounds, or settings that contradict each other.</summary>
public sealed class SettingException(LocalizedText sentence, Exception? inner = null) : LabException(sentence, inner);
