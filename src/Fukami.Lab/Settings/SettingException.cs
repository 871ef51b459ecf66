namespace Fukami.Lab;

/// <summary>What was asked for cannot be: an unknown setting, a value out of its bounds, settings that contradict each other, an unknown format.</summary>
public sealed class SettingException(LocalizedText sentence, Exception? inner = null) : LabException(sentence, inner);
