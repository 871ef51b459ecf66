using System.Globalization;
using CsCheck;

namespace Fukami.Course.Tests;

/// <summary>Plain documents put together from the forms that people write, with the sentences that they contain.</summary>
internal static class PlainDocuments
{
    private static readonly Gen<Func<Func<string>, string>> Piece = OneOf.Const<Func<Func<string>, string>>(
        s => $"{s()} {s()}\n{s()}\n",
        s => $"## 🎯 {s()}\n",
        s => $"## {s()} (20 min)\n",
        s => $"### {s()}\n",
        s => $"{s()}\n====\n",
        s => $"{s()}\n---\n",
        s => $"{s()}\n{s()}\n---\n",
        s => $"**Q1**: {s()}\n(A) {s()}\n(B) {s()}\n\n正解: B\n解説: {s()}\n{s()}\n",
        s => $"**Q2.** {s()}\n\n- A. {s()}\n- B. {s()}\n  {s()}\n\n**Answer**: {s()}\n",
        s => $"**問3**：{s()}\n\n{s()}\n",
        s => $"Q4: {s()}\n\n| {s()} | x |\n| --- | --- |\n\n① {s()}\n② {s()}\n③ {s()}\n\n答え: ③→①→②。{s()}\n",
        s => $"### Q5\n\n{s()}\n\n- [ ] {s()}\n- [x] {s()}\n",
        s => $"**Q6: {s()}**\n\nAnswer: {s()}\n",
        s => $"**問7** {s()} (A) {s()} (B) {s()}\n",
        s => $"- {s()}\n  - {s()}\n    - {s()}\n",
        s => $"```\n{s()}\n## {s()}\n**Q1**: {s()}\n```\n",
        s => $"```\n{s()}\n",
        s => $"$$\n{s()}\n",
        s => $"<div>{s()}</div>\n<script>{s()}</script>\n",
        s => $"<!-- {s()} -->\n",
        s => $":::choice {{#x}}\n{s()}\n:::\n",
        s => $"> {s()}\n> {s()}\n",
        s => $"| a | b |\n| --- | --- |\n| {s()} | {s()} |\n",
        s => $"[ref]: {s()}\n",
        s => $"{s()} {{#id .class}} {{{{answer}}}}\n",
        s => $"## 次回予告\n\n{s()}\n",
        s => $"## 📝 Homework\n\n- {s()}\n- {s()}\n\n**Q8**: {s()}\n",
        s => $"## Feedback\n\n1. Insight? {s()}\n2. {s()}\n- Doubt? {s()}\n",
        s => $"    {s()}\n",
        s => $"---\n\n{s()}\n\n***\n",
        s => $"**{s()}**: {s()}\n**Goal**: {s()}\n");

    /// <summary>Any document.</summary>
    public static Gen<(string Text, IReadOnlyList<string> Sentences)> Any { get; } = Gen.Select(Piece.List[1, 12], Gen.Bool, OneOf.Const("\n", "\n\n"), (pieces, hasTitle, between) =>
    {
        var sentences = new List<string>();
        string text = (hasTitle ? $"# 第2回：{Next()}\n\n**受講者**: {Next()}\n**所要時間**: 45〜60分\n\n" : $"## {Next()}\n\n") + string.Join(between, pieces.Select(piece => piece(Next)));
        return (text, (IReadOnlyList<string>)sentences);

        string Next()
        {
            string sentence = string.Create(CultureInfo.InvariantCulture, $"sentence{sentences.Count:000}の文");
            sentences.Add(sentence);
            return sentence;
        }
    });
}
