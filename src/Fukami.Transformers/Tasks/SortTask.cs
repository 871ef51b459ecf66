namespace Fukami.Transformers;

/// <summary>The answer is the question's symbols in ascending order.</summary>
/// <inheritdoc cref="AnswerTask(string, string, int, int, ulong)"/>
public sealed class SortTask(string kind, int vocabulary, int length, ulong seed = 0) : AnswerTask("sort", kind, vocabulary, length, seed)
{
    /// <inheritdoc/>
    protected override void Answer(ReadOnlySpan<int> question, Span<int> answer)
    {
        question.CopyTo(answer);
        answer.Sort();
    }
}
