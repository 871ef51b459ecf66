using System.Text.Json;

namespace Fukami.Course;

/// <summary>A question of a GIFT file, its texts without escapes.</summary>
/// <param name="Line">The line at which it begins, from 1.</param>
/// <param name="Title">Its title; empty if it has none.</param>
/// <param name="Format">How its text is written: markdown, html, plain, moodle; empty if nothing says so.</param>
/// <param name="Prompt">The question; where an answer stands in its middle, with a gap.</param>
/// <param name="Kind">What kind of answer it asks for.</param>
/// <param name="Answers">Its answers.</param>
/// <param name="Feedback">What is said of it whatever was answered.</param>
/// <param name="Data">What this project wrote beside it; none for others' questions.</param>
internal sealed record GiftItem(int Line, string Title, string Format, string Prompt, GiftKind Kind, IReadOnlyList<GiftAnswer> Answers, string Feedback, JsonElement? Data);
