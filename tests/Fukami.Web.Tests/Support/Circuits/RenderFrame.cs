namespace Fukami.Web.Tests;

/// <summary>What a frame is; the numbers are the framework's. What has no number here is nothing that can be seen.</summary>
internal enum FrameKind
{
    Element = 1,
    Text = 2,
    Attribute = 3,
    Component = 4,
    Region = 5,
    Markup = 8,
}

/// <summary>One piece of a new tree, in depth-first order.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="First">An attribute's name or a text, by its number; of everything with children, how many frames it spans, itself included.</param>
/// <param name="Second">An element's name or an attribute's value, by the text's number; a component's id.</param>
/// <param name="Handler">The handler of an attribute that is an event; zero of any other.</param>
internal readonly record struct RenderFrame(FrameKind Kind, int First, int Second, ulong Handler)
{
    /// <summary>How many frames it spans, itself included.</summary>
    public int Span => Kind is FrameKind.Element or FrameKind.Component or FrameKind.Region ? First : 1;
}
