using ScottPlot;
using SkiaSharp;

namespace Fukami.Lab;

/// <summary>Finds an installed font that has the glyphs of a language.</summary>
internal static class PlotFont
{
    private static readonly string[] Preferred = ["Noto Sans CJK JP", "Noto Sans JP", "IPAexGothic", "Yu Gothic", "Hiragino Sans", "Meiryo"];
    private static readonly string[] PreferredLatin = ["Noto Sans", "DejaVu Sans", "Liberation Sans", "Arial", "Noto Sans CJK JP"];

    /// <summary>The family's name.</summary>
    /// <exception cref="OutputException">No installed font can write the language.</exception>
    public static string Family(Language language)
    {
        const int depth = 0x6DF1; // 深
        const int kana = 0x304B; // か
        int[] needed = language == Language.Japanese ? [depth, kana] : ['A', 'σ'];
        SKFontManager fonts = SKFontManager.Default; // its typefaces are not disposed: another thread may be drawing with the same objects
        foreach (string name in language == Language.Japanese ? Preferred : PreferredLatin)
        {
            SKTypeface? typeface = fonts.MatchFamily(name);
            if (typeface is not null && needed.All(typeface.ContainsGlyph))
            {
                return typeface.FamilyName;
            }
        }

        SKTypeface? any = fonts.MatchCharacter(needed[0]);
        if (any is not null && needed.All(any.ContainsGlyph))
        {
            return any.FamilyName;
        }

        throw new OutputException(language == Language.Japanese
            ? new LocalizedText(
                "No installed font has Japanese glyphs, so the plot cannot be labelled; install one (Debian: apt install fonts-noto-cjk) or use --lang en.",
                "日本語の文字を含むフォントが見つからないため、図に文字を入れられません。フォントを入れるか（Debian: apt install fonts-noto-cjk）、--lang en を使ってください。")
            : new LocalizedText(
                "No usable font is installed, so the plot cannot be labelled; install one (Debian: apt install fonts-dejavu-core).",
                "使えるフォントが見つからないため、図に文字を入れられません。フォントを入れてください（Debian: apt install fonts-dejavu-core）。"));
    }

    /// <summary>
    /// Gives all of a plot's letters a font, and its numbers another: a Japanese font's line is so high that its digits miss their ticks. Each label has its
    /// typeface; <c>Plot.Font.Set</c> would change all plots of the process, which may be in another language.
    /// </summary>
    public static void Set(Plot plot, string letters)
    {
        string numbers = Family(Language.English);
        Set(plot.Axes.Title.Label, letters);
        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            Set(axis.Label, letters);
            Set(axis.TickLabelStyle, numbers);
        }
    }

    /// <summary>Gives a label a font.</summary>
    public static void Set(LabelStyle label, string family)
    {
        (label.FontName, label.Bold) = (family, false);
        label.Font = Fonts.GetTypeface(family, bold: false, italic: false);
    }
}
