using System.Globalization;
using System.Text;

namespace Fukami.Transformers;

/// <summary>
/// BERT's cut of a text into words, before WordPiece: control characters go, Chinese characters and punctuation stand alone, and
/// perhaps letters become small and lose their accents. (Devlin et al. 2018)
/// </summary>
/// <remarks>Microsoft.ML.Tokenizers' own cut loses characters above U+FFFF, and differs from BERT's in what counts as punctuation.</remarks>
internal sealed record BertWords(bool Lowercase, bool StripAccents, bool SplitChinese, bool Clean)
{
    /// <summary>A text without what the words have no use for, as BERT's normalizer leaves it.</summary>
    public string Normalize(string text)
    {
        var spaced = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Clean && (rune.Value is 0 or 0xFFFD || IsControl(rune)))
            {
                continue;
            }

            bool alone = SplitChinese && IsChinese(rune.Value);
            spaced.Append(alone ? " " : "").Append(rune.ToString()).Append(alone ? " " : "");
        }

        string normal = spaced.ToString();
        if (StripAccents)
        {
            var bare = new StringBuilder(normal.Length);
            foreach (Rune rune in normal.EnumerateRunes())
            {
                if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
                {
                    AccentTable.Append(bare, rune);
                }
            }

            normal = bare.ToString();
        }

        return Lowercase ? normal.ToLowerInvariant() : normal;
    }

    /// <summary>The words of a normalized text.</summary>
    public static List<string> Cut(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool mark = IsPunctuation(rune);
            if ((mark || Rune.IsWhiteSpace(rune)) && word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }

            if (mark)
            {
                words.Add(rune.ToString());
            }
            else if (!Rune.IsWhiteSpace(rune))
            {
                word.Append(rune.ToString());
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    private static bool IsControl(Rune rune) => rune.Value is not ('\t' or '\n' or '\r')
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    // every sign of ASCII that is no letter, digit or space is one, also those that Unicode calls symbols
    private static bool IsPunctuation(Rune rune) => rune.IsAscii
        ? rune.Value is (>= 33 and <= 47) or (>= 58 and <= 64) or (>= 91 and <= 96) or (>= 123 and <= 126)
        : Rune.IsPunctuation(rune);

    private static bool IsChinese(int character) => character is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF)
        or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
