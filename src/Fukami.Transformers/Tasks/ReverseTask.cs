namespace Fukami.Transformers;

/// <summary>The answer is the question backwards.</summary>
/// <inheritdoc cref="AnswerTask(string, string, int, int, ulong)"/>
public sealed class ReverseTask(string kind, int vocabulary, int length, ulong seed = 0) : AnswerTask("reverse", kind, vocabulary, length, seed)
{
    /// <inheritdoc/>
    protected override void Answer(ReadOnlySpan<int> question, Span<int> answer)
    {
        question.CopyTo(answer);
        answer.Reverse();
    }
}
