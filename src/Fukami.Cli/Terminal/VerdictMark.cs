using Fukami.Lab;
using Spectre.Console;

namespace Fukami.Cli;

/// <summary>A verdict on the screen: sign and word say what the colour says.</summary>
internal static class VerdictMark
{
    private const int Label = 13;

    /// <summary>Columns that it takes.</summary>
    public const int Width = Label + 2;

    /// <summary>The verdict as console markup, padded.</summary>
    public static string Of(Terminal terminal, Verdict verdict)
    {
        string colour = verdict switch
        {
            Verdict.Supported => "green",
            Verdict.Refuted => "red",
            _ => "yellow",
        };
        return $"[{colour}]{verdict.Sign()} {Markup.Escape(DisplayWidth.PadRight(terminal.Say(verdict.Label()), Label))}[/]";
    }
}
