using System.Globalization;
using Fukami.Lab;

namespace Fukami.Course;

/// <summary>
/// Boxes, arrows and words as an inline SVG. Lines and words have the colour of the text around it, so it can be read in the light, in the dark and on paper;
/// what is to stand out is filled with the page's <c>--link</c>.
/// </summary>
/// <param name="width">The width, in pixels of the text's size.</param>
/// <param name="height">The height.</param>
internal sealed class SvgSketch(int width, int height)
{
    private const int BoxHeight = 30;
    private const int Head = 7;

    private readonly List<Html> shapes = [];

    /// <summary>A way through points, each given as x and y; an arrow unless it only meets another line.</summary>
    public void Way(bool isArrow, params ReadOnlySpan<(int X, int Y)> points)
    {
        string path = string.Concat(points.ToArray().Select((point, i) => string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{point.X} {point.Y}")));
        shapes.Add(Html.Of($"<path d=\"{path}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"/>"));
        if (isArrow)
        {
            (int X, int Y) end = points[^1];
            (int x, int y) = (Math.Sign(end.X - points[^2].X), Math.Sign(end.Y - points[^2].Y));
            (int backX, int backY) = (end.X - (x * Head), end.Y - (y * Head));
            shapes.Add(Html.Of($"<path d=\"M{end.X} {end.Y}L{backX + (y * 4)} {backY + (x * 4)}L{backX - (y * 4)} {backY - (x * 4)}Z\" fill=\"currentColor\"/>"));
        }
    }

    /// <summary>A box around its middle with a name in it.</summary>
    public void Box(int x, int y, int wide, string name, bool standsOut = false)
    {
        Html fill = standsOut ? new Html("fill=\"var(--link, currentColor)\" fill-opacity=\".18\"") : new Html("fill=\"none\"");
        shapes.Add(Html.Of($"<rect x=\"{x - (wide / 2)}\" y=\"{y - (BoxHeight / 2)}\" width=\"{wide}\" height=\"{BoxHeight}\" rx=\"5\" {fill} stroke=\"currentColor\" stroke-width=\"1.5\"/>"));
        Text(x, y + 5, name);
    }

    /// <summary>Where two ways are added.</summary>
    public void Sum(int x, int y)
    {
        shapes.Add(Html.Of($"<circle cx=\"{x}\" cy=\"{y}\" r=\"10\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"/>"));
        shapes.Add(Html.Of($"<path d=\"M{x - 5} {y}H{x + 5}M{x} {y - 5}V{y + 5}\" stroke=\"currentColor\" stroke-width=\"1.5\"/>"));
    }

    /// <summary>A square of a grid, filled or empty.</summary>
    public void Cell(int x, int y, int size, bool isFull) => shapes.Add(isFull
        ? Html.Of($"<rect x=\"{x}\" y=\"{y}\" width=\"{size}\" height=\"{size}\" fill=\"var(--link, currentColor)\" stroke=\"currentColor\"/>")
        : Html.Of($"<rect x=\"{x}\" y=\"{y}\" width=\"{size}\" height=\"{size}\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\".55\"/>"));

    /// <summary>Words.</summary>
    /// <param name="x">Where their anchor stands.</param>
    /// <param name="y">Their baseline.</param>
    /// <param name="words">The words.</param>
    /// <param name="anchor">Whether they start, end or have their middle there.</param>
    /// <param name="size">The size of their letters.</param>
    public void Text(int x, int y, string words, string anchor = "middle", int size = 14) =>
        shapes.Add(Html.Of($"<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"{size}\" fill=\"currentColor\">{words}</text>"));

    /// <summary>The picture, with what it shows in words for whoever does not see it.</summary>
    /// <param name="id">What its ids begin with; unique on the page.</param>
    /// <param name="title">Its name.</param>
    /// <param name="description">What it shows.</param>
    public Html Draw(string id, string title, string description) => Html.Of($"""
        <svg class="drawing" xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{id}-title {id}-desc" font-family="inherit">
        <title id="{id}-title">{title}</title><desc id="{id}-desc">{description}</desc>
        {Html.Join(shapes)}</svg>
        """);
}
