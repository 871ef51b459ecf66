using System.Globalization;
using System.Text.Json;
using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Makes a session of a GIFT file.</summary>
/// <param name="name">The file's name.</param>
/// <param name="text">Its text.</param>
/// <param name="language">Its language; found out if not given.</param>
internal sealed class GiftSession(string name, string text, Language? language)
{
    private readonly List<LocalizedText> notes = [];
    private readonly BlockIds ids = new();
    private readonly Language spoken = language ?? (text.Any(c => c is >= '\u3041' and <= '\u30ff') ? Language.Japanese : Language.English);

    /// <summary>Reads it.</summary>
    public ImportedSession Read(string? id)
    {
        List<(string Category, GiftItem Item)> items = GiftReader.Read(text, notes);
        if (items.TrueForAll(entry => entry.Item.Kind == GiftKind.Description))
        {
            throw new CourseException(new LocalizedText($"{name} has no question in GIFT; a question has its answers in {{braces}}.", $"{name} に GIFT の問題がありません。問題の解答は {{ }} の中に書きます。"));
        }

        var sections = new List<Section>();
        foreach (IGrouping<string, (string Category, GiftItem Item)> group in items.GroupBy(entry => entry.Category, StringComparer.Ordinal))
        {
            string title = group.Key.Replace("//", "\u0000", StringComparison.Ordinal).Split('/')[^1].Replace('\0', '/').Trim();
            string section = ids.Of(title, "questions");
            int texts = 0;
            sections.Add(new Section(section, title.Length > 0 ? title : spoken == Language.Japanese ? "問題" : "Questions", 0, 0, [.. group.Select(entry => Block(entry.Item)).Select(block =>
                block is TextBlock ? block with { Id = string.Create(CultureInfo.InvariantCulture, $"{section}-text-{++texts}") } : block)]));
        }

        string stem = Path.GetFileNameWithoutExtension(name);
        string made = id ?? (BlockIds.Slug(stem) is { Length: > 2 } slug ? slug : "questions");
        return ImportedSession.Of(new Session(made, 0, spoken, stem, "", 0, [], sections), notes);
    }

    private Block Block(GiftItem item)
    {
        if (item.Kind == GiftKind.Description)
        {
            return new TextBlock(SafeText.Of(item.Title.Length > 0 ? $"**{item.Title}**\n\n{item.Prompt}" : item.Prompt)) { Id = "", Line = 0 };
        }

        if (item.Data is { } data && data.TryGetProperty("source", out JsonElement source) && source.ValueKind == JsonValueKind.String
            && MarkdownSource.Parse(source.GetString()!, new FaultList("", [])) is { } parsed
            && new BlockReader(parsed, new Dictionary<string, Rubric>(StringComparer.Ordinal)).ReadAll("text", [.. parsed.Document]) is [Question written])
        {
            return written with { Line = 0 };
        }

        if (item.Format == "html")
        {
            Note(item, "its text is HTML, and is shown as text", "本文が HTML のため、そのまま文字として表示されます");
        }

        string id = IdOf(item);
        string prompt = SafeText.Of(item.Prompt.Length > 0 ? item.Prompt : item.Title.Length > 0 ? item.Title : SessionWriter.Mark);
        IReadOnlyList<string> concepts = Texts(item, "concepts");
        return item.Kind switch
        {
            GiftKind.Choice or GiftKind.TrueFalse when item.Answers.Count is >= 2 and <= OptionLabels.Maximum => Choice(item, id, prompt, concepts),
            GiftKind.Matching when Places(item) is { } order => new OrderQuestion([.. order.Select(SafeText.Of)], Safe(item.Feedback)) { Id = id, Line = 0, Concepts = concepts, Prompt = prompt },
            _ => Open(item, id, prompt, concepts),
        };
    }

    private ChoiceQuestion Choice(GiftItem item, string id, string prompt, IReadOnlyList<string> concepts)
    {
        bool[] right = [.. item.Answers.Select(answer => answer.Weight is { } weight ? weight > 0 : answer.IsEqual)];
        double[] shares = [.. item.Answers.Where((_, i) => right[i]).Select(answer => answer.Weight ?? 100)];
        if (shares.Length > 1 && shares.Max() - shares.Min() > 0.01)
        {
            Note(item, "its right answers have different weights, and count alike now", "正解の重みが異なりますが、ここでは同じに扱います");
        }

        string[] misconceptions = Texts(item, "misconceptions");
        string[] measured = Texts(item, "measured");
        bool shuffles = item.Kind != GiftKind.TrueFalse && !(item.Data is { } data && data.TryGetProperty("shuffles", out JsonElement value) && value.ValueKind == JsonValueKind.False);
        int told = Math.Max(0, Array.IndexOf(right, true));
        var options = item.Answers.Select((answer, i) =>
        {
            string said = string.Join("\n\n", new[] { answer.Feedback, i == told ? item.Feedback : "" }.Where(part => part.Length > 0));
            string shown = item.Kind != GiftKind.TrueFalse ? answer.Text : answer.Text == "true" ? (spoken == Language.Japanese ? "正しい" : "True") : spoken == Language.Japanese ? "誤り" : "False";
            return new AnswerOption(((char)('a' + i)).ToString(), SafeText.Of(shown.Length > 0 ? shown : SessionWriter.Mark), right[i], Safe(said), NoneIfEmpty(misconceptions, i), NoneIfEmpty(measured, i));
        }).ToArray();
        return new ChoiceQuestion(options, right.Count(one => one) > 1, shuffles) { Id = id, Line = 0, Concepts = concepts, Prompt = prompt };
    }

    private OpenQuestion Open(GiftItem item, string id, string prompt, IReadOnlyList<string> concepts)
    {
        if (item.Kind != GiftKind.Essay)
        {
            string english = item.Kind switch
            {
                GiftKind.Number => "a number with a fixed key is no question of the course's; it asks for words now, with the key as the model answer",
                GiftKind.ShortAnswer => "a short answer is asked for in words now, with the accepted answers as the model answer",
                GiftKind.Matching => "pairs that are no order cannot be asked for; it asks for words now, with the pairs as the model answer",
                _ => $"a choice has 2 to {OptionLabels.Maximum} options; it asks for words now, with the options as the model answer",
            };
            string japanese = item.Kind switch
            {
                GiftKind.Number => "正解が固定された数値問題は扱えないため、正解を解答例とする記述問題にしました",
                GiftKind.ShortAnswer => "短答問題は、正解を解答例とする記述問題にしました",
                GiftKind.Matching => "順序を表さない組み合わせ問題は扱えないため、組を解答例とする記述問題にしました",
                _ => $"選択肢は 2〜{OptionLabels.Maximum} 個です。選択肢を解答例とする記述問題にしました",
            };
            Note(item, english, japanese);
        }

        string answers = string.Join('\n', item.Answers.Select(answer =>
            $"- {SessionWriter.Indented(answer.Match is { } match ? $"{answer.Text} → {match}" : answer.Text, 2)}{(answer.Weight is { } weight ? string.Create(CultureInfo.InvariantCulture, $" ({weight} %)") : "")}{(answer.Feedback.Length > 0 ? $"\n  {SessionWriter.Indented(answer.Feedback, 2)}" : "")}"));
        return new OpenQuestion(new Rubric(id, []), Safe(string.Join("\n\n", new[] { answers, item.Feedback }.Where(part => part.Length > 0)))) { Id = id, Line = 0, Concepts = concepts, Prompt = prompt };
    }

    // pairs with the places 1 to n on one side say an order
    private static IReadOnlyList<string>? Places(GiftItem item)
    {
        var order = new string?[item.Answers.Count];
        if (order.Length is < 3 or > OptionLabels.Maximum)
        {
            return null;
        }

        foreach (GiftAnswer pair in item.Answers)
        {
            bool isLeft = int.TryParse(pair.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int place);
            if ((!isLeft && !int.TryParse(pair.Match, NumberStyles.None, CultureInfo.InvariantCulture, out place)) || place < 1 || place > order.Length || order[place - 1] is not null)
            {
                return null;
            }

            order[place - 1] = isLeft ? pair.Match : pair.Text;
        }

        return Array.TrueForAll(order, entry => !string.IsNullOrEmpty(entry)) ? [.. order.OfType<string>()] : null;
    }

    private string IdOf(GiftItem item) => ids.Of(item.Title, string.Create(CultureInfo.InvariantCulture, $"line-{item.Line}"));

    private static string Safe(string said) => said.Length > 0 ? SafeText.Of(said) : "";

    private static string? NoneIfEmpty(string[] texts, int i) => i < texts.Length && texts[i].Length > 0 ? texts[i] : null;

    private static string[] Texts(GiftItem item, string key) => item.Data is { } data && data.TryGetProperty(key, out JsonElement list) && list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Select(entry => entry.ValueKind == JsonValueKind.String ? entry.GetString()! : "")]
        : [];

    private void Note(GiftItem item, string english, string japanese)
    {
        string title = item.Title.Length > 0 ? item.Title : item.Prompt.Split('\n')[0];
        notes.Add(new LocalizedText($"Line {item.Line} ({title}): {english}.", $"{item.Line} 行目（{title}）: {japanese}。"));
    }
}
