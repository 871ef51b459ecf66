namespace Fukami.Course;

/// <summary>A diagram that is drawn from a real arrangement, or a plot.</summary>
/// <param name="Draw">What: <c>residual-block</c>, <c>layer</c> (with <c>residual=post</c> …), <c>tensor-axes</c> …; see <c>Figures</c>.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Caption">What it shows, in words: a screen reader's text, and all that a terminal shows beside a drawing in characters.</param>
public sealed record FigureBlock(string Draw, IReadOnlyDictionary<string, string> Arguments, string Caption) : Block;
