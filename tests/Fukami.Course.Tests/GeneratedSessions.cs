using CsCheck;
using Fukami.Lab;

namespace Fukami.Course.Tests;

/// <summary>Sessions of every kind of block, with texts that use Markdown.</summary>
internal static class GeneratedSessions
{
    private static readonly Gen<string> Sentence = OneOf.Const(
        "The skip path carries the gradient.", "残差接続は入力を足します。", "Is $x + F(x)$ enough?", "**Bold** and `code` and [a link](claim:gradient-flow/plain-net-vanishes).",
        "A colon: and (A) a bracket", "1 < 2 & 3 > 2", "\"quoted\" and 'single' — ~ = # { } stay", "Answer: nothing", "改行なし：全角コロン");

    private static readonly Gen<string> Paragraph = Sentence.List[1, 3].Select(sentences => string.Join('\n', sentences));

    private static readonly Gen<string> Markdown = Gen.OneOf(
        Paragraph,
        Paragraph.Select(text => text + "\n\n- one\n- two\n  more"),
        Paragraph.Select(text => text + "\n\n```csharp\nint x = 1; // ::: ## not a heading\n\n:::::\n```"),
        Paragraph.Select(text => text + "\n\n| a | b |\n| --- | --- |\n| 1 | 2 |"),
        Paragraph.Select(text => text + "\n\n$$\ny = x + F(x)\n$$\n\nAnd on."),
        Paragraph.Select(text => text + "\n\n1. first\n2. second"),
        Paragraph.Select(text => "**Q1**: looks like a question\n(A) one\n(B) two\n\n" + text),
        Paragraph.Select(text => "### 宿題\n\n" + text));

    private static readonly Gen<string> Id = Gen.Int[0, 1_000_000].Select(n => $"b-{n}");

    private static readonly Gen<IReadOnlyList<string>> Concepts = OneOf.Const<IReadOnlyList<string>>(["residual-connection"], ["layer-normalization", "norm-placement"]);

    private static readonly Gen<Question> Choice = Gen.Select(Id, Concepts, Markdown, Paragraph.List[2, 5], Gen.Int[1, 30], Gen.Bool, (id, concepts, prompt, texts, right, shuffles) =>
    {
        AnswerOption[] options = [.. texts.Select((text, i) => new AnswerOption(((char)('a' + i)).ToString(), text, ((right >> i) & 1) == 1 || (i == 0 && (right & ((1 << texts.Count) - 1)) == 0), $"Because {i}.\n\nAnd {text}", i == 1 && (right & 2) == 0 ? "no-skip-is-slower" : null, i == 0 ? "depth-training/slower-without-skip=supported" : null))];
        return (Question)new ChoiceQuestion(options, options.Count(option => option.IsRight) > 1, shuffles) { Id = id, Line = 0, Concepts = concepts, Prompt = prompt };
    });

    private static readonly Gen<Question> Order = Gen.Select(Id, Concepts, Paragraph, Paragraph.List[3, 6], Markdown, (id, concepts, prompt, items, feedback) =>
        (Question)new OrderQuestion([.. items], feedback.Replace(":::::", "", StringComparison.Ordinal)) { Id = id, Line = 0, Concepts = concepts, Prompt = prompt });

    private static readonly Gen<Question> Open = Gen.Select(Id, Concepts, Markdown, Markdown, (id, concepts, prompt, answer) =>
        (Question)new OpenQuestion(new Rubric(id, []), answer) { Id = id, Line = 0, Concepts = concepts, Prompt = prompt });

    private static readonly Gen<Question> Number = Gen.Select(Id, Concepts, Paragraph, (id, concepts, text) =>
        (Question)new NumberQuestion("layer-norm-by-hand", new Dictionary<string, string> { ["features"] = "3" }, 0.01, $"{text} {{{{mean}}}}") { Id = id, Line = 0, Concepts = concepts, Prompt = $"{text} {{{{features}}}}" });

    private static readonly Gen<Question> Predict = Gen.Select(Id, Concepts, Paragraph, (id, concepts, text) =>
        (Question)new PredictQuestion("exp", "plain-net-vanishes", "none", 1.5, 0, "unit: \"x\" → y") { Id = id, Line = 0, Concepts = concepts, Prompt = text });

    private static readonly Gen<Block> Text = Markdown.Select(text => (Block)new TextBlock(text) { Id = "", Line = 0 });

    private static readonly Gen<Block> Other = Gen.Select(Id, Markdown, Gen.Int[0, 6], (id, text, kind) => kind switch
    {
        0 => (Block)new ExperimentBlock("gradient-flow", null, new Dictionary<string, string> { ["depth"] = "12" }, new Dictionary<string, string> { ["skip-keeps-gradient@pre"] = "supported" }, text) { Id = id, Line = 0 },
        1 => new FigureBlock("layer", new Dictionary<string, string> { ["residual"] = "post" }, text) { Id = id, Line = 0 },
        2 => new ApplyBlock(text) { Id = id, Line = 0 },
        3 => new HomeworkBlock(text) { Id = id, Line = 0 },
        4 => new PreviewBlock(text) { Id = id, Line = 0 },
        5 => new FeedbackBlock([new("insight", "What?"), new("wish", "次は: \"何\"？")], text) { Id = id, Line = 0 },
        _ => new WhenBlock("residual-connection", [ConceptState.Wrong, ConceptState.Unknown], id.EndsWith('1') ? "no-skip-is-slower" : null, [new TextBlock(id.EndsWith('2') ? text + "\n\n{{answer}}" : text) { Id = $"{id}-text-1", Line = 0 }]) { Id = id, Line = 0 },
    });

    private static readonly Gen<Block> Any1 = Gen.OneOf(Other, Text, Gen.OneOf(Choice, Order, Open, Number, Predict).Select(question => (Block)question));

    /// <summary>Questions of the kinds that other systems know.</summary>
    public static Gen<Question> Questions { get; } = Gen.OneOf(Choice, Order, Open, Number);

    /// <summary>Any session.</summary>
    public static Gen<Session> Any { get; } = Gen.Select(Any1.List[1, 6].List[1, 4], Gen.Bool, Sentence, Gen.Int[1, 9], (parts, isJapanese, title, number) =>
    {
        var ids = new HashSet<string>();
        int sections = 0;
        Section[] made = [.. parts.Select(blocks =>
        {
            string id = $"part-{++sections}";
            int texts = 0;
            var list = new List<Block>();
            foreach (Block block in blocks)
            {
                if (block is TextBlock)
                {
                    if (list is not [.., TextBlock])
                    {
                        list.Add(block with { Id = $"{id}-text-{++texts}" });
                    }
                }
                else if (ids.Add(block.Id))
                {
                    list.Add(block);
                }
            }

            return new Section(id, $"Part {sections} (5 min)", 10 + sections, 0, list);
        })];
        return new Session("made-up", number, isJapanese ? Language.Japanese : Language.English, title, title, 45, ["residual-connection"], made);
    });
}
