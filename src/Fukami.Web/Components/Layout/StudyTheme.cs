using MudBlazor;

namespace Fukami.Web.Components.Layout;

/// <summary>The component library's theme, in the page's own colours and letters.</summary>
internal static class StudyTheme
{
    private static readonly string[] Letters = ["system-ui", "Noto Sans", "Hiragino Sans", "Yu Gothic", "Meiryo", "Noto Sans CJK JP", "sans-serif"];

    /// <summary>The theme.</summary>
    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0757b8",
            Secondary = "#57606a",
            Success = "#116329",
            Error = "#b3141d",
            Warning = "#7a4b00",
            Info = "#0757b8",
            Background = "#ffffff",
            Surface = "#ffffff",
            TextPrimary = "#1b1f24",
            TextSecondary = "#57606a",
            LinesDefault = "#d5dae0",
            LinesInputs = "#6e7781",
            ActionDefault = "#57606a",
            PrimaryContrastText = "#ffffff",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#86b7ff",
            Secondary = "#a4adb8",
            Success = "#6fdd8b",
            Error = "#ff9a93",
            Warning = "#f0c060",
            Info = "#86b7ff",
            Background = "#14171b",
            Surface = "#1d2127",
            TextPrimary = "#e7eaee",
            TextSecondary = "#a4adb8",
            LinesDefault = "#3a414b",
            LinesInputs = "#8b949e",
            ActionDefault = "#a4adb8",
            PrimaryContrastText = "#0b1a2e",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Letters, FontSize = "1rem", LineHeight = "1.6", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Letters, FontSize = "1rem", TextTransform = "none", LetterSpacing = "normal", FontWeight = "600" },
            Body1 = new Body1Typography { FontFamily = Letters, FontSize = "1rem", LineHeight = "1.6", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = Letters, FontSize = ".9rem", LineHeight = "1.5", LetterSpacing = "normal" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
    };
}
