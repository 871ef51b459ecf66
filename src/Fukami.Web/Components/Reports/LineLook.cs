using Plotly.Blazor.Traces.ScatterLib.MarkerLib;

namespace Fukami.Web.Components.Reports;

/// <summary>
/// How a series is drawn. Colour and marker each tell series apart alone; every colour stands out from light and from dark paper (contrast of 3 : 1 and more),
/// so a chart need not be drawn anew when the theme changes.
/// </summary>
/// <param name="Colour">As CSS writes it.</param>
/// <param name="Dash">The line, as the chart library names it.</param>
/// <param name="Symbol">The marker in the chart.</param>
/// <param name="Outline">The same marker in the legend: a path around the origin.</param>
/// <param name="IsFilled">Whether the marker is filled.</param>
internal sealed record LineLook(string Colour, string Dash, SymbolEnum Symbol, string Outline, bool IsFilled)
{
    private static readonly string[] Colours = ["#2b7cd3", "#d95f02", "#12916a", "#c2569d", "#a07a00", "#7c6bd6", "#7b858f"];

    private static readonly (SymbolEnum Filled, SymbolEnum Open, string Outline)[] Markers =
    [
        (SymbolEnum.Circle, SymbolEnum.CircleOpen, "M4 0A4 4 0 1 1-4 0A4 4 0 1 1 4 0Z"),
        (SymbolEnum.Square, SymbolEnum.SquareOpen, "M-3.6-3.6H3.6V3.6H-3.6Z"),
        (SymbolEnum.TriangleUp, SymbolEnum.TriangleUpOpen, "M0-4.4L4.4 3.6H-4.4Z"),
        (SymbolEnum.Diamond, SymbolEnum.DiamondOpen, "M0-5L5 0L0 5L-5 0Z"),
        (SymbolEnum.TriangleDown, SymbolEnum.TriangleDownOpen, "M0 4.4L4.4-3.6H-4.4Z"),
        (SymbolEnum.Cross, SymbolEnum.CrossOpen, "M-1.5-4.5H1.5V-1.5H4.5V1.5H1.5V4.5H-1.5V1.5H-4.5V-1.5H-1.5Z"),
        (SymbolEnum.X, SymbolEnum.XOpen, "M-4.2-2.1L-2.1-4.2L0-2.1L2.1-4.2L4.2-2.1L2.1 0L4.2 2.1L2.1 4.2L0 2.1L-2.1 4.2L-4.2 2.1L-2.1 0Z"),
    ];

    /// <summary>The look of the series of this number: after all colours they come again, with open markers and broken lines.</summary>
    public static LineLook Of(int index)
    {
        (SymbolEnum filled, SymbolEnum open, string outline) = Markers[index % Markers.Length];
        bool isFirst = index / Colours.Length % 2 == 0;
        return new LineLook(Colours[index % Colours.Length], isFirst ? "solid" : "longdashdot", isFirst ? filled : open, outline, isFirst);
    }

    /// <summary>The colour as a veil over the paper.</summary>
    public string Veil => Colour + "2e";
}
