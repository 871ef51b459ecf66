using System.Text;

namespace Fukami.Transformers;

/// <summary>Foreign text in a message: on one line, without control characters, of bounded length.</summary>
internal static class Excerpt
{
    private const int Longest = 80;

    /// <summary>The text in quotes, fit for a message.</summary>
    public static string Of(string text)
    {
        var shown = new StringBuilder(Math.Min(text.Length, Longest) + 3).Append('"');
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (shown.Length > Longest)
            {
                shown.Append('…');
                break;
            }

            shown.Append(Rune.IsControl(rune) ? "\uFFFD" : rune.ToString());
        }

        return shown.Append('"').ToString();
    }
}
