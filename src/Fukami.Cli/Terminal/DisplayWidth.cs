using System.Globalization;
using System.Text;

namespace Fukami.Cli;

/// <summary>How many columns a text takes on a screen: Japanese characters take two. (Unicode Standard Annex 11)</summary>
internal static class DisplayWidth
{
    private const string Closing = "、。，．）」』】〉》：；？！・ー々〜％…”’ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.)]:;?!%";
    private const string Opening = "（「『【〈《([“‘";

    /// <summary>Columns of a text.</summary>
    public static int Of(ReadOnlySpan<char> text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += Of(rune);
        }

        return width;
    }

    /// <summary>Columns of a character.</summary>
    public static int Of(Rune rune)
    {
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Control or UnicodeCategory.Format)
        {
            return 0;
        }

        bool wide = rune.Value is (>= 0x1100 and <= 0x115F)
            or (>= 0x2E80 and <= 0x303E) or (>= 0x3041 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
            or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6)
            or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);
        return wide ? 2 : 1;
    }

    /// <summary>The text with spaces behind it, up to this many columns.</summary>
    public static string PadRight(string text, int columns) => text + new string(' ', Math.Max(0, columns - Of(text)));

    /// <summary>The text with spaces before it, up to this many columns.</summary>
    public static string PadLeft(string text, int columns) => new string(' ', Math.Max(0, columns - Of(text))) + text;

    /// <summary>
    /// The text in lines of at most this many columns: broken at spaces, and between Japanese characters, but not before a closing mark.
    /// </summary>
    public static List<string> Wrap(string text, int columns)
    {
        var lines = new List<string>();
        foreach (string paragraph in text.Split('\n'))
        {
            var line = new StringBuilder();
            int width = 0;
            foreach (string piece in Pieces(paragraph))
            {
                int pieceWidth = Of(piece.AsSpan().TrimEnd());
                if (width > 0 && width + pieceWidth > columns)
                {
                    lines.Add(line.ToString().TrimEnd());
                    line.Clear();
                    width = 0;
                }

                line.Append(piece);
                width += Of(piece);
            }

            lines.Add(line.ToString().TrimEnd());
        }

        return lines;
    }

    // what must stay together: a word with the spaces behind it, or one wide character with the marks that may not begin a line
    private static IEnumerable<string> Pieces(string text)
    {
        var piece = new StringBuilder();
        bool afterSpace = false, afterWide = false, afterOpening = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format)
            {
                piece.Append(rune.ToString()); // takes no room and parts nothing
                continue;
            }

            bool space = rune.Value == ' ';
            bool wide = Of(rune) == 2;
            bool closing = Closing.Contains(rune.ToString(), StringComparison.Ordinal);
            if (piece.Length > 0 && !closing && !space && (afterSpace || wide || afterWide) && !afterOpening)
            {
                yield return piece.ToString();
                piece.Clear();
            }

            piece.Append(rune.ToString());
            (afterSpace, afterWide, afterOpening) = (space, wide, Opening.Contains(rune.ToString(), StringComparison.Ordinal));
        }

        if (piece.Length > 0)
        {
            yield return piece.ToString();
        }
    }
}
