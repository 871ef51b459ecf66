namespace Fukami.Transformers;

/// <summary>The answer is the question.</summary>
/// <inheritdoc cref="AnswerTask(string, string, int, int, ulong)"/>
public sealed class CopyTask(string kind, int vocabulary, int length, ulong seed = 0) : AnswerTask("copy", kind, vocabulary, length, seed)
{
    /// <inheritdoc/>
    protected override void Answer(ReadOnlySpan<int> question, Span<int> answer) => question.CopyTo(answer);
}
