namespace Fukami.Lab;

/// <summary>What went wrong, as one sentence to a person: what was given, what is allowed, what to do.</summary>
public abstract class LabException(LocalizedText sentence, Exception? inner = null) : Exception(sentence.English, inner)
{
    /// <summary>The sentence in both languages.</summary>
    public LocalizedText Sentence { get; } = sentence;
}
