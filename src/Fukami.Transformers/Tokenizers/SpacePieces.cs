namespace Fukami.Transformers;

/// <summary>
/// How a <c>tokenizer.json</c> with SentencePiece's ▁ makes words of a text: its normalizer (Prepend, Replace, NFC), its pre-tokenizer
/// (none, Metaspace, a Split at spaces) and what its decoder takes away again.
/// </summary>
internal sealed class SpacePieces
{
    private const string Mark = "▁";

    private readonly List<Func<string, string>> steps = [];
    private bool prepends;
    private bool prependsFirstOnly;
    private bool marksSpaces;
    private bool cuts;
    private bool cutsAtSpaces;

    /// <summary>What the file asks for.</summary>
    /// <exception cref="CheckpointException">It is not known here.</exception>
    public SpacePieces(JsonNodeReader root)
    {
        if (root.Find("normalizer") is { } normalizer)
        {
            ReadNormalizer(normalizer, nested: false);
        }

        if (root.Find("pre_tokenizer") is { } preTokenizer)
        {
            ReadPreTokenizer(preTokenizer);
        }

        ReadDecoder(root["decoder"], nested: false);
    }

    /// <summary>Whether a text that is put together loses the space that it begins with.</summary>
    public bool StripsSpace { get; private set; }

    /// <summary>The normalizer.</summary>
    public string Normalize(string text) => text.Length == 0 ? text : steps.Aggregate(text, (current, step) => step(current));

    /// <summary>The words of a normalized piece of a text.</summary>
    /// <param name="text">The piece.</param>
    /// <param name="isFirst">Whether the text begins with it.</param>
    public IEnumerable<string> Words(string text, bool isFirst)
    {
        string marked = marksSpaces ? text.Replace(" ", Mark, StringComparison.Ordinal) : text;
        if (prepends && (isFirst || !prependsFirstOnly) && !marked.StartsWith(Mark, StringComparison.Ordinal))
        {
            marked = Mark + marked;
        }

        int start = 0;
        for (int at = 1; at < marked.Length && (cuts || cutsAtSpaces); at++)
        {
            if ((cuts && marked[at] == Mark[0]) || (cutsAtSpaces && marked[at - 1] == ' '))
            {
                yield return marked[start..at];
                start = at;
            }
        }

        yield return marked[start..];
    }

    private void ReadNormalizer(JsonNodeReader given, bool nested)
    {
        switch (given["type"].Text())
        {
            case "Sequence" when !nested:
                foreach (JsonNodeReader step in given["normalizers"].Items())
                {
                    ReadNormalizer(step, nested: true);
                }

                break;
            case "Prepend" when given["prepend"].Text() is Mark:
                steps.Add(static text => Mark + text);
                break;
            case "Replace" when given["pattern"].Find("String")?.Text() is " " && given["content"].Text() is Mark:
                steps.Add(static text => text.Replace(" ", Mark, StringComparison.Ordinal));
                break;
            case "NFC":
                steps.Add(CanonicalComposition.Of);
                break;
            default:
                throw given.Error($"asks for the normalizer {Excerpt.Of(given["type"].Text())} in a way that Fukami does not follow; before BPE with byte_fallback it applies Prepend of ▁, Replace of spaces by ▁, and NFC");
        }
    }

    private void ReadPreTokenizer(JsonNodeReader given)
    {
        switch (given["type"].Text())
        {
            case "Metaspace" when given["replacement"].Text() is Mark:
                string scheme = given.Find("prepend_scheme")?.Text() ?? (given.Find("add_prefix_space")?.Flag() == false ? "never" : "always");
                if (scheme is not ("always" or "first" or "never"))
                {
                    throw given.Error($"has the prepend_scheme {Excerpt.Of(scheme)}; there are always, first and never");
                }

                (marksSpaces, prepends, prependsFirstOnly) = (true, scheme is not "never", scheme is "first");
                cuts = given.Find("split")?.Flag() ?? true;
                break;
            case "Split" when given["pattern"].Find("String")?.Text() is " " && given["behavior"].Text() is "MergedWithPrevious" && given.Find("invert")?.Flag() != true:
                cutsAtSpaces = true;
                break;
            default:
                throw given.Error($"asks for the pre-tokenizer {Excerpt.Of(given["type"].Text())} in a way that Fukami does not follow; before BPE with byte_fallback it reads Metaspace with ▁, and Split at spaces");
        }
    }

    private void ReadDecoder(JsonNodeReader given, bool nested)
    {
        switch (given["type"].Text())
        {
            case "Sequence" when !nested:
                foreach (JsonNodeReader step in given["decoders"].Items())
                {
                    ReadDecoder(step, nested: true);
                }

                break;
            case "Replace" when given["pattern"].Find("String")?.Text() is Mark && given["content"].Text() is " ":
            case "ByteFallback" or "Fuse":
                break;
            case "Strip" when given["content"].Text() is " " && given["start"].Number() == 1 && given["stop"].Number() == 0:
                StripsSpace = true;
                break;
            case "Metaspace" when given["replacement"].Text() is Mark:
                StripsSpace = (given.Find("prepend_scheme")?.Text() ?? (given.Find("add_prefix_space")?.Flag() == false ? "never" : "always")) is not "never";
                break;
            default:
                throw given.Error($"asks for the decoder {Excerpt.Of(given["type"].Text())} in a way that Fukami does not follow; after BPE with byte_fallback it reads Replace of ▁ by a space, ByteFallback, Fuse, Strip of one space and Metaspace");
        }
    }
}
