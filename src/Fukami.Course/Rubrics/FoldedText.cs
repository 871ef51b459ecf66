namespace Fukami.Course;

/// <summary>
/// A text for comparing: lower case, full-width Latin as half-width, one kind of apostrophe and of space. Every character keeps its place,
/// so that what is found can be quoted from the original.
/// </summary>
internal sealed class FoldedText
{
    private readonly string original;
    private readonly string folded;

    /// <summary>A text.</summary>
    public FoldedText(string text)
    {
        original = text;
        folded = string.Create(text.Length, text, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = Fold(source[i]);
            }
        });
        Sentences = Split();
    }

    /// <summary>Where its sentences are, in order, without the marks that end them.</summary>
    public IReadOnlyList<Range> Sentences { get; }

    /// <summary>The original of a part.</summary>
    public string Quote(Range part) => original[part].Trim();

    /// <summary>
    /// Whether a part has a phrase. In Latin letters a phrase begins at the beginning of a word and may end within one, so that “skip” finds “skips”;
    /// an asterisk stands for anything within a sentence.
    /// </summary>
    public bool Has(Range part, string phrase)
    {
        ReadOnlySpan<char> rest = folded.AsSpan()[part];
        int offset = part.GetOffsetAndLength(folded.Length).Offset;
        foreach (string piece in phrase.Split('*', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int at = Find(rest, offset, piece);
            if (at < 0)
            {
                return false;
            }

            rest = rest[(at + piece.Length)..];
            offset += at + piece.Length;
        }

        return true;
    }

    /// <summary>One character for comparing.</summary>
    public static char Fold(char c) => c switch
    {
        >= '！' and <= '～' => char.ToLowerInvariant((char)(c - '！' + '!')),
        '　' or '\u00A0' or '\t' => ' ',
        '’' or '‘' => '\'',
        '‐' or '‑' or '–' => '-',
        _ => char.ToLowerInvariant(c),
    };

    private static bool IsLatin(char c) => char.IsAsciiLetterOrDigit(c);

    private int Find(ReadOnlySpan<char> text, int offset, string piece)
    {
        string wanted = string.Concat(piece.Select(Fold));
        for (int from = 0; from <= text.Length - wanted.Length; from++)
        {
            int at = text[from..].IndexOf(wanted, StringComparison.Ordinal);
            if (at < 0)
            {
                return -1;
            }

            at += from;
            if (!IsLatin(wanted[0]) || offset + at == 0 || !IsLatin(folded[offset + at - 1]))
            {
                return at;
            }

            from = at;
        }

        return -1;
    }

    private List<Range> Split()
    {
        var sentences = new List<Range>();
        int begin = 0;
        for (int i = 0; i < folded.Length; i++)
        {
            bool ends = folded[i] is '。' or '!' or '?' or '\n' or ';' || (folded[i] == '.' && (i + 1 == folded.Length || char.IsWhiteSpace(folded[i + 1])));
            if (ends)
            {
                Add(begin, i);
                begin = i + 1;
            }
        }

        Add(begin, folded.Length);
        return sentences;

        void Add(int first, int end)
        {
            if (!folded.AsSpan(first, end - first).IsWhiteSpace())
            {
                sentences.Add(first..end);
            }
        }
    }
}
