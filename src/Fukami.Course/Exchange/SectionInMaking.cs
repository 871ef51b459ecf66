using System.Globalization;
using System.Text.RegularExpressions;

namespace Fukami.Course;

/// <summary>A section that is being read.</summary>
/// <param name="id">Its id.</param>
/// <param name="title">Its heading.</param>
/// <param name="minutes">Its minutes; 0 if they are not known.</param>
/// <param name="role">What it is for.</param>
internal sealed partial class SectionInMaking(string id, string title, double minutes, SectionRole role)
{
    /// <summary>Its heading.</summary>
    public string Title => title;

    /// <summary>Its blocks.</summary>
    public List<Block> Blocks { get; } = [];

    /// <summary>Whether it holds what stands before the first heading.</summary>
    public bool IsOpening { get; init; }

    /// <summary>The section.</summary>
    public Section Made()
    {
        int texts = 0;
        var made = new List<Block>();
        bool isPlaced = false;
        foreach (Block block in Blocks)
        {
            if (block is TextBlock text && role != SectionRole.None && !isPlaced)
            {
                isPlaced = true;
                made.Add(InRole(text.Markdown));
            }
            else
            {
                made.Add(block is TextBlock ? block with { Id = string.Create(CultureInfo.InvariantCulture, $"{id}-text-{++texts}") } : block);
            }
        }

        return new Section(id, title, minutes, 0, made);
    }

    [GeneratedRegex(@"^(?:[-*+]|\d{1,3}[.)])\s+(?<text>\S.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Item { get; }

    private Block InRole(string text) => role switch
    {
        SectionRole.Preview => new PreviewBlock(text) { Id = $"{id}-preview", Line = 0 },
        SectionRole.Homework => new HomeworkBlock(text) { Id = $"{id}-homework", Line = 0 },
        _ => Feedback(text),
    };

    // items that ask what we ask too become its prompts, the rest stays text
    private FeedbackBlock Feedback(string text)
    {
        var prompts = new List<FeedbackPrompt>();
        var rest = new List<string>();
        foreach (string line in text.Split('\n'))
        {
            if (Item.Match(line) is { Success: true } item
                && PlainDocument.PromptOf(item.Groups["text"].Value) is { Id: { } prompt } found
                && prompts.TrueForAll(known => !string.Equals(known.Id, prompt, StringComparison.Ordinal)))
            {
                prompts.Add(new FeedbackPrompt(prompt, found.Text));
            }
            else
            {
                rest.Add(line);
            }
        }

        string introduction = string.Join('\n', rest).Trim('\n');
        return new FeedbackBlock(prompts, string.IsNullOrWhiteSpace(introduction) ? "" : SafeText.Of(introduction)) { Id = $"{id}-feedback", Line = 0 };
    }
}
