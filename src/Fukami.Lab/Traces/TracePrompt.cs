using System.Globalization;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>What a trace reads: tokens with their texts, and the position at which it looks at predictions and attention.</summary>
/// <param name="Ids">The tokens.</param>
/// <param name="Texts">The text of each; its number for a model without a tokenizer.</param>
/// <param name="Masks">For an encoder: the positions of mask tokens.</param>
public sealed record TracePrompt(IReadOnlyList<int> Ids, IReadOnlyList<string> Texts, IReadOnlyList<int> Masks)
{
    /// <summary>How a mask is written in a prompt.</summary>
    public const string MaskText = "[MASK]";

    private const string OtherMaskText = "<mask>";

    /// <summary>The position whose prediction and attention are looked at: the first mask, or the last token.</summary>
    public int Focus => Masks.Count > 0 ? Masks[0] : Ids.Count - 1;

    /// <summary>A text for a model with a tokenizer.</summary>
    /// <param name="folder">The model.</param>
    /// <param name="text">The text; for an encoder, <c>[MASK]</c> stands for a hidden token.</param>
    /// <param name="specialTokens">Whether the tokens that the family puts around a text are added, such as <c>[CLS]</c> and <c>&lt;s&gt;</c>.</param>
    /// <exception cref="SettingException">There is no tokenizer, the text is empty or longer than the context, or there is no mask.</exception>
    /// <exception cref="TokenizerException">The text holds something that no token stands for.</exception>
    public static TracePrompt OfText(ModelFolder folder, string text, bool specialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(text);
        if (folder.Tokenizer is not { } tokenizer)
        {
            throw new SettingException(new LocalizedText(
                $"The model has no tokenizer, so it cannot read a text; give its token ids, for example --tokens 1,2,3 (from 0 to {folder.Model.Settings.Vocabulary - 1}).",
                $"このモデルにはトークナイザーがないため、文章を読めません。トークン番号（0 から {folder.Model.Settings.Vocabulary - 1}）で指定してください（例: --tokens 1,2,3）。"));
        }

        string marked = text.Replace(OtherMaskText, MaskText, StringComparison.Ordinal);
        bool masks = folder.Model is EncoderTransformer && marked.Contains(MaskText, StringComparison.Ordinal);
        return Of(folder, masks && NamedMask(tokenizer) is null ? WithMasks(folder.Model, tokenizer, marked) : folder.Encode(text, specialTokens));
    }

    /// <summary>Token ids.</summary>
    /// <param name="folder">The model.</param>
    /// <param name="ids">The tokens.</param>
    /// <exception cref="SettingException">There is none, one is out of range, or they are more than the context holds.</exception>
    public static TracePrompt Of(ModelFolder folder, int[] ids)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(ids);
        TransformerSettings settings = folder.Model.Settings;
        if (ids.Length == 0)
        {
            throw new SettingException(new LocalizedText(
                "The prompt is empty; give at least one token, for example --prompt \"The\".",
                "プロンプトが空です。少なくとも 1 トークンを指定してください（例: --prompt \"The\"）。"));
        }

        foreach (int id in ids)
        {
            if (id < 0 || id >= settings.Vocabulary)
            {
                throw new SettingException(new LocalizedText(
                    $"The token id {id} is out of range; this model has tokens 0 to {settings.Vocabulary - 1}.",
                    $"トークン番号 {id} は範囲外です。このモデルのトークンは 0 から {settings.Vocabulary - 1} までです。"));
            }
        }

        if (ids.Length > settings.Length)
        {
            throw new SettingException(new LocalizedText(
                $"The prompt has {ids.Length} tokens and the model's context holds {settings.Length}; shorten the prompt.",
                $"プロンプトは {ids.Length} トークンあり、このモデルの文脈長 {settings.Length} を超えています。短くしてください。"));
        }

        int? mask = folder.Model is EncoderTransformer ? MaskOf(folder.Model, folder.Tokenizer) : null;
        return new TracePrompt(ids, [.. ids.Select(id => TextOf(folder, id))], [.. Enumerable.Range(0, ids.Length).Where(i => ids[i] == mask)]);
    }

    /// <summary>The tokens as a batch of one sentence.</summary>
    public TokenBatch Batch() => TokenBatch.Of([.. Ids]);

    /// <summary>The text of a token.</summary>
    /// <param name="folder">The model.</param>
    /// <param name="id">The token.</param>
    public static string TextOf(ModelFolder folder, int id)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return folder.Tokenizer is { } tokenizer && id < tokenizer.Vocabulary ? tokenizer.Decode([id])
            : folder.Model is EncoderTransformer && id == folder.Tokenizer?.Vocabulary ? MaskText
            : string.Create(CultureInfo.InvariantCulture, $"#{id}");
    }

    /// <summary>The one token that a text or <c>#id</c> stands for; a word is taken with the space in front of it if there is such a token.</summary>
    /// <param name="folder">The model.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="SettingException">It is no single token.</exception>
    public static int OneToken(ModelFolder folder, string text)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(text);
        int vocabulary = folder.Model.Settings.Vocabulary;
        if (text.StartsWith('#') || folder.Tokenizer is null)
        {
            return int.TryParse(text.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id < vocabulary
                ? id
                : throw new SettingException(new LocalizedText(
                    $"“{text}” is no token of this model; give an id from #0 to #{vocabulary - 1}.",
                    $"「{text}」はこのモデルのトークンではありません。#0 から #{vocabulary - 1} までの番号で指定してください。"));
        }

        // within a sentence a word's token holds the space in front of the word
        int[] asItIs = Encoded(folder.Tokenizer, text);
        int[] asWord = text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) ? Encoded(folder.Tokenizer, $" {text}") : [];
        return asWord.Length == 1 ? asWord[0] : asItIs.Length == 1 ? asItIs[0] : throw new SettingException(asItIs.Length == 0
            ? new LocalizedText(
                $"“{text}” is no token of this model; give one that is, or an id such as #5.",
                $"「{text}」はこのモデルのトークンではありません。トークンにある語か、#5 のような番号で指定してください。")
            : new LocalizedText(
                $"“{text}” is {asItIs.Length} tokens ({string.Join(", ", asItIs.Select(t => $"“{TextOf(folder, t)}”"))}); give one token, or an id such as #{asItIs[0]}.",
                $"「{text}」は {asItIs.Length} トークンです（{string.Join("、", asItIs.Select(t => $"「{TextOf(folder, t)}」"))}）。1 トークンか、#{asItIs[0]} のような番号で指定してください。"));
    }

    private static int[] Encoded(ITokenizer tokenizer, string text)
    {
        try
        {
            return tokenizer.Encode(text);
        }
        catch (TokenizerException)
        {
            return [];
        }
    }

    private static int[] WithMasks(Transformer model, ITokenizer tokenizer, string text)
    {
        int mask = MaskOf(model, tokenizer) ?? throw new SettingException(new LocalizedText(
            $"The prompt has {MaskText}, and the model's tokenizer has no such token; leave it out, or give token ids with --tokens.",
            $"プロンプトに {MaskText} がありますが、このモデルのトークナイザーにはマスクのトークンがありません。外すか、--tokens でトークン番号を指定してください。"));
        var ids = new List<int>();
        string[] parts = text.Split(MaskText);
        for (int i = 0; i < parts.Length; i++)
        {
            // a word's token holds the space in front of the word, and so does the mask in its place
            string part = i < parts.Length - 1 ? parts[i].TrimEnd(' ') : parts[i];
            ids.AddRange(part.Length > 0 ? tokenizer.Encode(part) : []);
            if (i < parts.Length - 1)
            {
                ids.Add(mask);
            }
        }

        return [.. ids];
    }

    // a token of that name; or, of a model of the lab's own tasks, the one id that is no word
    private static int? MaskOf(Transformer model, ITokenizer? tokenizer) => tokenizer is null ? null
        : NamedMask(tokenizer) ?? (model.Settings.Vocabulary == tokenizer.Vocabulary + 1 ? tokenizer.Vocabulary : null);

    private static int? NamedMask(ITokenizer tokenizer)
    {
        foreach (string text in (string[])[MaskText, OtherMaskText])
        {
            if (Encoded(tokenizer, text) is [int id] && string.Equals(tokenizer.Decode([id]), text, StringComparison.Ordinal))
            {
                return id;
            }
        }

        return null;
    }
}
