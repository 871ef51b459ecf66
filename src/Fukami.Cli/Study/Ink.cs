using System.Text;

namespace Fukami.Cli;

/// <summary>
/// How text stands out. A style is a pair of marks that take no room, so that text can be measured and broken first; they become the terminal's codes,
/// or nothing, when a line is written.
/// </summary>
internal static class Ink
{
    private static readonly (char On, char Off, string Code)[] Styles =
    [
        ('\u2061', '\u2062', "1"),
        ('\u2063', '\u2064', "2"),
        ('\u206A', '\u206B', "32"),
        ('\u206C', '\u206D', "31"),
        ('\u206E', '\u206F', "36"),
    ];

    /// <summary>Important.</summary>
    public static string Bold(string text) => Of(0, text);

    /// <summary>Beside the point.</summary>
    public static string Dim(string text) => Of(1, text);

    /// <summary>Right.</summary>
    public static string Green(string text) => Of(2, text);

    /// <summary>Wrong.</summary>
    public static string Red(string text) => Of(3, text);

    /// <summary>Code, names that can be typed.</summary>
    public static string Code(string text) => Of(4, text);

    /// <summary>Lines with the terminal's codes; each line begins and ends without a style.</summary>
    /// <param name="lines">The lines, with marks.</param>
    /// <param name="colour">Whether codes may be written; else the marks go.</param>
    public static IEnumerable<string> Written(IEnumerable<string> lines, bool colour)
    {
        bool[] active = new bool[Styles.Length];
        foreach (string line in lines)
        {
            var written = new StringBuilder();
            if (colour)
            {
                Begin(written, active);
            }

            foreach (char c in line)
            {
                int on = Array.FindIndex(Styles, style => style.On == c);
                int off = Array.FindIndex(Styles, style => style.Off == c);
                if (on < 0 && off < 0)
                {
                    written.Append(c);
                    continue;
                }

                active[Math.Max(on, off)] = on >= 0;
                if (colour && on >= 0)
                {
                    Append(written, Styles[on].Code);
                }
                else if (colour)
                {
                    Append(written, "0");
                    Begin(written, active);
                }
            }

            if (colour && active.Contains(true))
            {
                Append(written, "0");
            }

            yield return written.ToString();
        }
    }

    /// <summary>A text that somebody typed or wrote, without anything that a terminal would obey.</summary>
    public static string Harmless(string text) => string.Concat(text.Where(c => c is '\n' || (!char.IsControl(c) && !Array.Exists(Styles, style => style.On == c || style.Off == c))));

    private static string Of(int style, string text) => text.Length == 0 ? "" : $"{Styles[style].On}{text}{Styles[style].Off}";

    private static void Begin(StringBuilder written, bool[] active)
    {
        for (int i = 0; i < active.Length; i++)
        {
            if (active[i])
            {
                Append(written, Styles[i].Code);
            }
        }
    }

    private static void Append(StringBuilder written, string code) => written.Append("\u001b[").Append(code).Append('m');
}
