namespace Fukami.Transformers;

/// <summary>A setting that is out of range or contradicts another. The message is one sentence: what was given, what is allowed.</summary>
public sealed class SettingsException : Exception
{
    /// <summary>With a sentence for the person who chose the setting.</summary>
    public SettingsException(string message) : base(message) { }

    /// <summary>With a sentence for the person who chose the setting, and what led to it.</summary>
    public SettingsException(string message, Exception inner) : base(message, inner) { }
}
