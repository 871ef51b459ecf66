using SkiaSharp;

namespace Fukami.Lab;

/// <summary>Finds an installed font that has the glyphs of a language.</summary>
internal static class PlotFont
{
    private static readonly string[] Preferred = ["Noto Sans CJK JP", "Noto Sans JP", "IPAexGothic", "Yu Gothic", "Hiragino Sans", "Meiryo"];
    private static readonly string[] PreferredLatin = ["Noto Sans", "DejaVu Sans", "Liberation Sans", "Arial", "Noto Sans CJK JP"];

    /// <summary>
    /// Whoever draws or looks for a font holds this, and a plot sets its font first: ScottPlot keeps one font for all plots of the process beside their own, so that two plots in two
    /// languages would take each other's letters.
    /// </summary>
    public static Lock Turn { get; } = new();

    /// <summary>The family's name.</summary>
    /// <exception cref="OutputException">No installed font can write the language.</exception>
    public static string Family(Language language)
    {
        const int depth = 0x6DF1; // 深
        const int kana = 0x304B; // か
        int[] needed = language == Language.Japanese ? [depth, kana] : ['A', 'σ'];
        lock (Turn)
        {
            SKFontManager fonts = SKFontManager.Default;
            foreach (string name in language == Language.Japanese ? Preferred : PreferredLatin)
            {
                using SKTypeface? typeface = fonts.MatchFamily(name);
                if (typeface is not null && needed.All(typeface.ContainsGlyph))
                {
                    return typeface.FamilyName;
                }
            }

            using SKTypeface? any = fonts.MatchCharacter(needed[0]);
            if (any is not null && needed.All(any.ContainsGlyph))
            {
                return any.FamilyName;
            }
        }

        throw new OutputException(language == Language.Japanese
            ? new LocalizedText(
                "No installed font has Japanese glyphs, so the plot cannot be labelled; install one (Debian: apt install fonts-noto-cjk) or use --lang en.",
                "日本語の文字を含むフォントが見つからないため、図に文字を入れられません。フォントを入れるか（Debian: apt install fonts-noto-cjk）、--lang en を使ってください。")
            : new LocalizedText(
                "No usable font is installed, so the plot cannot be labelled; install one (Debian: apt install fonts-dejavu-core).",
                "使えるフォントが見つからないため、図に文字を入れられません。フォントを入れてください（Debian: apt install fonts-dejavu-core）。"));
    }
}
