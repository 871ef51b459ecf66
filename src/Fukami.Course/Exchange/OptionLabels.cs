namespace Fukami.Course;

/// <summary>The letters that documents put before options: A, a, ア, ①.</summary>
internal static class OptionLabels
{
    /// <summary>The most options of a question.</summary>
    public const int Maximum = 12;

    private static readonly string[] Families = ["ABCDEFGHIJKL", "abcdefghijkl", "アイウエオカキクケコサシ", "①②③④⑤⑥⑦⑧⑨⑩⑪⑫", "ＡＢＣＤＥＦＧＨＩＪＫＬ", "ａｂｃｄｅｆｇｈｉｊｋｌ"];

    /// <summary>The letter of a place.</summary>
    public static char Of(int place) => Families[0][place];

    /// <summary>The place of a letter, or −1.</summary>
    public static int Place(char letter)
    {
        foreach (string family in Families)
        {
            int place = family.IndexOf(letter, StringComparison.Ordinal);
            if (place >= 0)
            {
                return place;
            }
        }

        return -1;
    }
}
