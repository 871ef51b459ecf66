using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>What <c>tokenizer_config.json</c> says that changes ids: the tokenizer's class, capitals, and whether the first and last token are put around a text.</summary>
internal sealed record TokenizerConfig
{
    /// <summary>The file's name.</summary>
    public const string FileName = "tokenizer_config.json";

    /// <summary>A folder without the file.</summary>
    public static TokenizerConfig None { get; } = new();

    /// <summary>The class of Hugging Face's library that the folder asks for.</summary>
    public string? Class { get; private init; }

    /// <summary>Whether letters become small.</summary>
    public bool? Lowercase { get; private init; }

    /// <summary>Whether <see cref="Begin"/> stands before a text; null if the tokenizer's own file decides.</summary>
    public bool? AddsBegin { get; private init; }

    /// <summary>Whether <see cref="End"/> stands behind a text; null if the tokenizer's own file decides.</summary>
    public bool? AddsEnd { get; private init; }

    /// <summary>The first token's name.</summary>
    public string? Begin { get; private init; }

    /// <summary>The last token's name.</summary>
    public string? End { get; private init; }

    /// <summary>Reads a folder's file.</summary>
    /// <exception cref="CheckpointException">It is damaged.</exception>
    public static TokenizerConfig Read(string directory)
    {
        string path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            return None;
        }

        using JsonDocument json = JsonFile.Read(path, ModelFolder.MaximumConfigBytes);
        return JsonFile.Guard(path, () =>
        {
            var root = new JsonNodeReader(FileName, json.RootElement);
            return new TokenizerConfig
            {
                Class = root.Find("tokenizer_class")?.Text(),
                Lowercase = root.Find("do_lower_case")?.Flag(),
                AddsBegin = root.Find("add_bos_token")?.Flag(),
                AddsEnd = root.Find("add_eos_token")?.Flag(),
                Begin = Name(root.Find("bos_token")),
                End = Name(root.Find("eos_token")),
            };
        });
    }

    /// <summary>The tokens around a text: those of the tokenizer's own file, with or without the first and the last as this file says.</summary>
    /// <param name="before">Those before a text in the tokenizer's own file.</param>
    /// <param name="behind">Those behind a text.</param>
    public (string[] Before, string[] Behind) Around(string[] before, string[] behind)
    {
        if (Begin is { } begin && AddsBegin is { } addsBegin)
        {
            string[] others = [.. before.Where(token => !string.Equals(token, begin, StringComparison.Ordinal))];
            before = addsBegin ? [begin, .. others] : others;
        }

        if (End is { } end && AddsEnd is { } addsEnd)
        {
            string[] others = [.. behind.Where(token => !string.Equals(token, end, StringComparison.Ordinal))];
            behind = addsEnd ? [.. others, end] : others;
        }

        return (before, behind);
    }

    // a name, or an object of which the name is the content
    private static string? Name(JsonNodeReader? token) => token is not { } given ? null : given.IsText ? given.Text() : given["content"].Text();
}
