using System.Text;

namespace Fukami.Course;

/// <summary>
/// A text for comparing: compatible forms are one (half-width katakana, full-width Latin), lower case, one kind of apostrophe, hyphen and space.
/// It knows where each of its characters came from, so that what is found can be quoted from the original.
/// </summary>
internal sealed class FoldedText
{
    // U+FF61 to U+FF9F
    private const string FullWidth = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";

    /// <summary>What goes on for longer is read as several sentences, so that the work grows with the text and not with its square.</summary>
    private const int LongestSentence = 400;

    private const string Voiced = "カキクケコサシスセソタチツテトハヒフヘホ";

    private readonly string original;
    private readonly int[] origin; // of each character of Text, and of its end

    /// <summary>A text.</summary>
    public FoldedText(string text)
    {
        original = text;
        var folded = new StringBuilder(text.Length);
        var places = new List<int>(text.Length + 1);
        for (int i = 0; i < text.Length;)
        {
            (char c, int length) = FoldAt(text, i);
            folded.Append(c);
            places.Add(i);
            i += length;
        }

        places.Add(text.Length);
        (Text, origin) = (folded.ToString(), [.. places]);
    }

    /// <summary>The folded text.</summary>
    public string Text { get; }

    /// <summary>Where its sentences are, in order, without the marks that end them.</summary>
    public IReadOnlyList<Range> Sentences => field ??= Split();

    /// <summary>Whether a sentence ends with a question mark.</summary>
    public bool IsAsked(Range sentence) => sentence.End.Value < Text.Length && Text[sentence.End.Value] == '?';

    /// <summary>The original of a part.</summary>
    public string Quote(Range part) => original[origin[part.Start.Value]..origin[part.End.Value]].Trim();

    /// <summary>
    /// Where a part has a phrase. In Latin letters a phrase begins at the beginning of a word and may end within one, so that “skip” finds “skips”;
    /// an asterisk stands for anything within the part.
    /// </summary>
    public IEnumerable<Range> Find(Range part, string phrase)
    {
        string[] pieces = [.. Fold(phrase).Split('*', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        int from = part.Start.Value;
        while (pieces.Length > 0 && FindPiece(pieces[0], from, part.End.Value) is var first and >= 0)
        {
            int end = first + pieces[0].Length;
            foreach (string piece in pieces.Skip(1))
            {
                int at = FindPiece(piece, end, part.End.Value);
                if (at < 0)
                {
                    yield break;
                }

                end = at + piece.Length;
            }

            yield return first..end;
            from = end;
        }
    }

    /// <summary>A text for comparing, where its original does not matter.</summary>
    public static string Fold(string text) => new FoldedText(text).Text;

    // one character of the folded text, from one or two of the original: half-width ｶ and ﾞ are one ガ. The runtime's own normal forms
    // are not there in the invariant culture, in which the whole product runs.
    private static (char Folded, int Length) FoldAt(string text, int at)
    {
        char c = text[at];
        if (c is >= '｡' and <= 'ﾟ')
        {
            char full = FullWidth[c - '｡'];
            char mark = at + 1 < text.Length ? text[at + 1] : ' ';
            return mark switch
            {
                'ﾞ' when full == 'ウ' => ('ヴ', 2),
                'ﾞ' when Voiced.Contains(full, StringComparison.Ordinal) => ((char)(full + 1), 2),
                'ﾟ' when full is >= 'ハ' and <= 'ホ' && Voiced.Contains(full, StringComparison.Ordinal) => ((char)(full + 2), 2),
                _ => (full, 1),
            };
        }

        return (c switch
        {
            >= '！' and <= '～' => char.ToLowerInvariant((char)(c - '！' + '!')),
            '　' or '\u00A0' or '\t' or '\r' => ' ',
            '’' or '‘' => '\'',
            '‐' or '‑' or '–' => '-',
            _ => char.ToLowerInvariant(c),
        }, 1);
    }

    private int FindPiece(string piece, int from, int end)
    {
        while (from <= end - piece.Length)
        {
            int at = Text.IndexOf(piece, from, end - from, StringComparison.Ordinal);
            if (at < 0 || !char.IsAsciiLetterOrDigit(piece[0]) || at == 0 || !char.IsAsciiLetterOrDigit(Text[at - 1]))
            {
                return at;
            }

            from = at + 1;
        }

        return -1;
    }

    private List<Range> Split()
    {
        var sentences = new List<Range>();
        int begin = 0;
        for (int i = 0; i < Text.Length; i++)
        {
            bool isTooLong = i - begin >= LongestSentence && (!char.IsAsciiLetterOrDigit(Text[i]) || i - begin >= 2 * LongestSentence);
            bool ends = isTooLong || Text[i] is '。' or '!' or '?' or '\n' or ';' || (Text[i] == '.' && (i + 1 == Text.Length || char.IsWhiteSpace(Text[i + 1])));
            if (ends)
            {
                Add(begin, i);
                begin = i + 1;
            }
        }

        Add(begin, Text.Length);
        return sentences;

        void Add(int first, int end)
        {
            if (!Text.AsSpan(first, end - first).IsWhiteSpace())
            {
                sentences.Add(first..end);
            }
        }
    }
}
