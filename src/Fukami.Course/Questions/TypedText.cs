using System.Globalization;

namespace Fukami.Course;

/// <summary>What people type, in the form in which it is compared: Japanese keyboards give wide letters and digits, and there is more than one minus.</summary>
public static class TypedText
{
    /// <summary>The line without blanks around it, wide ASCII made narrow.</summary>
    public static string Narrow(string line) => string.Concat(line.Select(c => c switch
    {
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        '\u3000' => ' ',
        '、' => ',',
        '。' or '．' => '.',
        _ => c,
    })).Trim();

    /// <summary>The line as a command of one letter, in lower case.</summary>
    public static string Command(string line) => Narrow(line).ToLowerInvariant();

    /// <summary>A number as people write it: 0.5, 0,5, −2, 50 %, 1e-3, 1/32, ×0.6.</summary>
    public static double? Number(string line)
    {
        string text = Narrow(line).Replace('−', '-').Replace('‐', '-').Replace('–', '-').Replace('ー', '-').Replace(',', '.').Replace(" ", "", StringComparison.Ordinal).TrimStart('×', 'x', '約', '~', '≈');
        double scale = 1;
        if (text.EndsWith('%'))
        {
            (text, scale) = (text[..^1], 0.01);
        }

        text = text.TrimEnd('倍');
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0)
        {
            return Parse(text[..slash]) is { } above && Parse(text[(slash + 1)..]) is { } below && below != 0 ? scale * above / below : null;
        }

        return scale * Parse(text);

        static double? Parse(string digits) =>
            double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;
    }
}
