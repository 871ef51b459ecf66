using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>What a <c>tokenizer.json</c> puts before and behind a single text: its post-processor.</summary>
internal static class Surroundings
{
    /// <summary>The tokens before and behind a text.</summary>
    /// <param name="root">The root of <c>tokenizer.json</c>.</param>
    /// <param name="config">The folder's tokenizer_config.json, which has the last word.</param>
    /// <exception cref="CheckpointException">The post-processor is of a kind that is not known here.</exception>
    public static (string[] Before, string[] Behind) Read(JsonNodeReader root, TokenizerConfig config)
    {
        (string[] before, string[] behind) = Read(root.Find("post_processor"));
        return config.Around(before, behind);
    }

    private static (string[] Before, string[] Behind) Read(JsonNodeReader? postProcessor)
    {
        if (postProcessor is not { } given)
        {
            return ([], []);
        }

        switch (given["type"].Text())
        {
            case "ByteLevel":
                return ([], []);
            case "BertProcessing" or "RobertaProcessing":
                return ([First(given["cls"])], [First(given["sep"])]);
            case "TemplateProcessing":
                return ReadTemplate(given["single"]);
            case "Sequence":
                (string[] Before, string[] Behind) found = ([], []);
                foreach (JsonNodeReader step in given["processors"].Items())
                {
                    (string[] before, string[] behind) = Read(NoSequence(step));
                    found = ([.. before, .. found.Before], [.. found.Behind, .. behind]);
                }

                return found;
            default:
                throw given.Error($"asks for the post-processor {Excerpt.Of(given["type"].Text())}; Fukami knows ByteLevel, TemplateProcessing, BertProcessing and RobertaProcessing");
        }
    }

    /// <summary>The ids of tokens.</summary>
    /// <exception cref="CheckpointException">One of them is no token.</exception>
    public static int[] Ids(JsonNodeReader file, string[] tokens, Dictionary<string, int> ids) =>
        [.. tokens.Select(token => ids.TryGetValue(token, out int id) ? id : throw file.Error($"puts {Excerpt.Of(token)} around a text, which is none of its tokens"))];

    /// <summary>Writes them as TemplateProcessing; null if there are none.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<int> before, IReadOnlyList<int> behind, string[] vocabulary)
    {
        if (before.Count + behind.Count == 0)
        {
            json.WriteNull("post_processor"u8);
            return;
        }

        json.WriteStartObject("post_processor"u8);
        json.WriteString("type"u8, "TemplateProcessing"u8);
        WriteTemplate(json, "single", ["A"], before, behind, vocabulary);
        WriteTemplate(json, "pair", ["A", "B"], before, behind, vocabulary);
        json.WriteStartObject("special_tokens"u8);
        foreach (int id in before.Concat(behind).Distinct())
        {
            json.WriteStartObject(vocabulary[id]);
            json.WriteString("id"u8, vocabulary[id]);
            json.WriteStartArray("ids"u8);
            json.WriteNumberValue(id);
            json.WriteEndArray();
            json.WriteStartArray("tokens"u8);
            json.WriteStringValue(vocabulary[id]);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTemplate(Utf8JsonWriter json, string name, string[] texts, IReadOnlyList<int> before, IReadOnlyList<int> behind, string[] vocabulary)
    {
        json.WriteStartArray(name);
        for (int text = 0; text < texts.Length; text++)
        {
            foreach (int id in before)
            {
                WritePart(json, "SpecialToken", vocabulary[id], text);
            }

            WritePart(json, "Sequence", texts[text], text);
            foreach (int id in behind)
            {
                WritePart(json, "SpecialToken", vocabulary[id], text);
            }
        }

        json.WriteEndArray();
    }

    private static void WritePart(Utf8JsonWriter json, string kind, string name, int type)
    {
        json.WriteStartObject();
        json.WriteStartObject(kind);
        json.WriteString("id"u8, name);
        json.WriteNumber("type_id"u8, type);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static JsonNodeReader NoSequence(JsonNodeReader step) => step["type"].Text() is "Sequence" ? throw step.Error("has a Sequence within a Sequence") : step;

    private static string First(JsonNodeReader pair) => pair.Items().First().Text();

    private static (string[] Before, string[] Behind) ReadTemplate(JsonNodeReader template)
    {
        var before = new List<string>();
        var behind = new List<string>();
        bool seen = false;
        foreach (JsonNodeReader part in template.Items())
        {
            if (part.Find("Sequence") is not null)
            {
                seen = !seen ? true : throw template.Error("names the text twice");
            }
            else
            {
                (seen ? behind : before).Add(part["SpecialToken"]["id"].Text());
            }
        }

        return ([.. before], [.. behind]);
    }
}
