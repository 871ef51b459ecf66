namespace Fukami.Course;

/// <summary>An option.</summary>
/// <param name="Id">A letter, from <c>a</c> in the order of the file; the same in both languages.</param>
/// <param name="Text">Its text, in Markdown.</param>
/// <param name="IsRight">Whether it is right, as the file says.</param>
/// <param name="Feedback">Why it is right or wrong, in Markdown.</param>
/// <param name="Misconception">Id of the misconception that choosing it shows; none if it shows none.</param>
/// <param name="Measured">The measurement that decides it, as <c>experiment/claim[@subject]=verdict</c>: right if the verdict comes out so. None if nothing measures it.</param>
public sealed record AnswerOption(string Id, string Text, bool IsRight, string Feedback, string? Misconception, string? Measured)
{
    private static readonly string[] Praises = ["そのとおりです。", "Yes. ", "Yes: ", "Yes, "];

    /// <summary>The feedback as it is said to whoever did not choose the option: without the “yes” at its beginning.</summary>
    public string FeedbackToOthers
    {
        get
        {
            string? praise = Array.Find(Praises, praise => Feedback.StartsWith(praise, StringComparison.Ordinal) && Feedback.Length > praise.Length);
            return praise is null ? Feedback : char.ToUpperInvariant(Feedback[praise.Length]) + Feedback[(praise.Length + 1)..];
        }
    }
}
