using System.Text;
using Fukami.Lab;

namespace Fukami.Course;

/// <summary>The text of a file that somebody hands in; what is no text is refused with a sentence.</summary>
internal static class DocumentText
{
    /// <summary>The text, with line feeds at the ends of lines.</summary>
    /// <exception cref="CourseException">The file is empty, too large, or no text.</exception>
    public static string Of(ReadOnlySpan<byte> bytes, string name)
    {
        if (bytes.Length > 4 * MarkdownSource.MaximumCharacters)
        {
            throw Refuse($"{name} has {bytes.Length} bytes; at most {4 * MarkdownSource.MaximumCharacters} are read. Split it.", $"{name} は {bytes.Length} バイトあります。読めるのは {4 * MarkdownSource.MaximumCharacters} バイトまでです。分けてください。");
        }

        string text;
        try
        {
            text = bytes switch
            {
                [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true).GetString(bytes[2..]),
                [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true).GetString(bytes[2..]),
                [0xEF, 0xBB, 0xBF, ..] => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes[3..]),
                _ => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes),
            };
        }
        catch (DecoderFallbackException e)
        {
            throw new CourseException(new LocalizedText($"{name} is not text in UTF-8; save it as UTF-8 and try again.", $"{name} は UTF-8 のテキストではありません。UTF-8 で保存し直してください。"), e);
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw Refuse($"{name} is not a text file; give a Markdown document.", $"{name} はテキストファイルではありません。Markdown の文書を指定してください。");
        }

        if (text.Length > MarkdownSource.MaximumCharacters)
        {
            throw Refuse($"{name} has {text.Length} characters; at most {MarkdownSource.MaximumCharacters} are read. Split it.", $"{name} は {text.Length} 文字あります。読めるのは {MarkdownSource.MaximumCharacters} 文字までです。分けてください。");
        }

        return string.IsNullOrWhiteSpace(text)
            ? throw Refuse($"{name} is empty; give a Markdown document, or questions in GIFT.", $"{name} は空です。Markdown の文書か GIFT の問題を指定してください。")
            : text.ReplaceLineEndings("\n");
    }

    private static CourseException Refuse(string english, string japanese) => new(new LocalizedText(english, japanese));
}
