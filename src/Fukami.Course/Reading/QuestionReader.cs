using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace Fukami.Course;

/// <summary>Reads the blocks that ask something.</summary>
/// <param name="faults">Where faults go.</param>
/// <param name="rubrics">The rubrics by the ids of their questions.</param>
internal sealed partial class QuestionReader(FaultList faults, IReadOnlyDictionary<string, Rubric> rubrics)
{
    private const int MaximumOptions = 12;

    /// <summary>A prediction of a figure.</summary>
    public Block Predict(ContainerSource at)
    {
        YamlData data = at.Data();
        IReadOnlyList<string> concepts = Concepts(data);
        string experiment = data.RequiredText("experiment");
        string claim = data.RequiredText("claim");
        string subject = data.RequiredText("subject");
        double factor = data.Number("factor", 0);
        double tolerance = data.Number("tolerance", 0);
        string unit = data.RequiredText("unit");
        data.RefuseOthers();
        if (factor > 1 == tolerance > 0)
        {
            at.Fault("A prediction is compared by factor (above 1) or by tolerance (above 0); give one of them.", "予想は、factor（1 より大）か tolerance（0 より大）のどちらか一方で比べます。一つだけ書いてください。");
        }

        return new PredictQuestion(experiment, claim, subject, factor, tolerance, unit) { Id = at.Id, Line = at.Line, Concepts = concepts, Prompt = Prompt(at, at.Content) };
    }

    /// <summary>One or several of some options.</summary>
    public Block Choice(ContainerSource at)
    {
        YamlData data = at.Data();
        IReadOnlyList<string> concepts = Concepts(data);
        IReadOnlyDictionary<string, string> misconceptions = data.Map("misconceptions");
        IReadOnlyDictionary<string, string> measured = data.Map("measured");
        bool shuffles = data.Switch("shuffle", otherwise: true);
        data.RefuseOthers();
        ListBlock? list = at.Content.OfType<ListBlock>().LastOrDefault();
        ListItemBlock[] items = list is null ? [] : [.. list.OfType<ListItemBlock>()];
        if (items.Length is < 2 or > MaximumOptions)
        {
            at.Fault($"The question has {items.Length} options; give 2 to {MaximumOptions}, as a list of “- [ ]” and “- [x]”.", $"選択肢が {items.Length} 個です。「- [ ]」と「- [x]」のリストで 2〜{MaximumOptions} 個書いてください。");
        }

        var options = new List<AnswerOption>();
        foreach (ListItemBlock item in items)
        {
            string id = ((char)('a' + options.Count)).ToString();
            options.Add(Option(at, item, id, misconceptions.GetValueOrDefault(id), measured.GetValueOrDefault(id)));
        }

        foreach (string id in misconceptions.Keys.Concat(measured.Keys).Where(id => options.TrueForAll(option => !string.Equals(option.Id, id, StringComparison.Ordinal))))
        {
            at.Fault($"The question has no option “{id}”.", $"選択肢「{id}」はありません。");
        }

        int right = options.Count(option => option.IsRight);
        if (items.Length > 0 && right == 0)
        {
            at.Fault("No option is right; mark one with [x].", "正解の選択肢がありません。[x] で印を付けてください。");
        }

        return new ChoiceQuestion(options, right > 1, shuffles) { Id = at.Id, Line = at.Line, Concepts = concepts, Prompt = Prompt(at, [.. at.Content.TakeWhile(block => block != list)]) };
    }

    /// <summary>A number from a generator.</summary>
    public Block Number(ContainerSource at)
    {
        YamlData data = at.Data();
        IReadOnlyList<string> concepts = Concepts(data);
        string generator = data.RequiredText("generator");
        IReadOnlyDictionary<string, string> arguments = data.Map("with");
        double tolerance = data.Number("tolerance", 0);
        data.RefuseOthers();
        if (tolerance <= 0)
        {
            at.Fault("A number needs a tolerance above 0.", "数値の問題には 0 より大きい tolerance が必要です。");
        }

        (IReadOnlyList<Markdig.Syntax.Block> rest, string? explanation) = at.Apart("explanation");
        if (explanation is null)
        {
            at.Fault("The question has no explanation; put :::explanation within ::::number.", "解説がありません。::::number の中に :::explanation を置いてください。");
        }

        return new NumberQuestion(generator, arguments, tolerance, explanation ?? "") { Id = at.Id, Line = at.Line, Concepts = concepts, Prompt = Prompt(at, rest) };
    }

    /// <summary>Things to put in order.</summary>
    public Block Order(ContainerSource at)
    {
        YamlData data = at.Data();
        IReadOnlyList<string> concepts = Concepts(data);
        data.RefuseOthers();
        ListBlock? list = at.Content.OfType<ListBlock>().LastOrDefault(block => block.IsOrdered);
        string[] items = list is null ? [] : [.. list.OfType<ListItemBlock>().Select(item => at.Markdown([.. item]))];
        if (items.Length is < 3 or > MaximumOptions)
        {
            at.Fault($"{items.Length} things are to be put in order; give 3 to {MaximumOptions}, as a numbered list.", $"並べるものが {items.Length} 個です。番号付きリストで 3〜{MaximumOptions} 個書いてください。");
        }

        string feedback = at.Content is [.., QuoteBlock quote] ? at.Quoted(quote) : "";
        if (feedback.Length == 0)
        {
            at.Fault("The question has no feedback; end it with a quotation, > ….", "フィードバックがありません。最後に引用（> …）を置いてください。");
        }

        return new OrderQuestion(items, feedback) { Id = at.Id, Line = at.Line, Concepts = concepts, Prompt = Prompt(at, [.. at.Content.TakeWhile(block => block != list)]) };
    }

    /// <summary>An answer in the learner's own words.</summary>
    public Block Open(ContainerSource at)
    {
        YamlData data = at.Data();
        IReadOnlyList<string> concepts = Concepts(data);
        data.RefuseOthers();
        (IReadOnlyList<Markdig.Syntax.Block> rest, string? answer) = at.Apart("answer");
        if (string.IsNullOrWhiteSpace(answer))
        {
            at.Fault("The question has no model answer; put :::answer within ::::open.", "模範解答がありません。::::open の中に :::answer を置いてください。");
        }

        if (!rubrics.TryGetValue(at.Id, out Rubric? rubric))
        {
            at.Fault($"The question has no rubric; write rubrics/{at.Id}.yaml.", $"評価基準がありません。rubrics/{at.Id}.yaml を書いてください。");
        }

        return new OpenQuestion(rubric ?? new Rubric(at.Id, []), answer ?? "") { Id = at.Id, Line = at.Line, Concepts = concepts, Prompt = Prompt(at, rest) };
    }

    [GeneratedRegex(@"^\[(?<mark>[ xX])\]\s+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TaskPattern { get; }

    private static AnswerOption Option(ContainerSource at, ListItemBlock item, string id, string? misconception, string? measured)
    {
        int line = MarkdownSource.LineOf(item);
        string text = at.Markdown([.. item.TakeWhile(block => block is not QuoteBlock)]);
        Match task = TaskPattern.Match(text);
        if (!task.Success)
        {
            at.Fault(line, "An option begins with “[ ]” or “[x]”.", "選択肢は「[ ]」か「[x]」で始めてください。");
        }

        string feedback = item.OfType<QuoteBlock>().FirstOrDefault() is { } quote ? at.Quoted(quote) : "";
        if (feedback.Length == 0)
        {
            at.Fault(line, $"The option “{id}” has no feedback; put a quotation, > …, behind it.", $"選択肢「{id}」にフィードバックがありません。後ろに引用（> …）を置いてください。");
        }

        bool isRight = task.Groups["mark"].Value is "x" or "X";
        return new AnswerOption(id, text[task.Length..].Trim(), isRight, feedback, misconception, measured);
    }

    private static string Prompt(ContainerSource at, IReadOnlyList<Markdig.Syntax.Block> blocks)
    {
        string prompt = at.Markdown(blocks);
        if (prompt.Length == 0)
        {
            at.Fault("The block asks nothing.", "問いの文がありません。");
        }

        return prompt;
    }

    private IReadOnlyList<string> Concepts(YamlData data)
    {
        IReadOnlyList<string> concepts = data.Texts("concepts");
        if (concepts.Count == 0)
        {
            faults.Add(data.Line, "The question names no concept; write concepts: [id].", "問いに概念がありません。concepts: [id] と書いてください。");
        }

        return concepts;
    }
}
