using Fukami.Lab;
using Microsoft.AspNetCore.Components;

namespace Fukami.Web.Components;

/// <summary>A part of a page, in the reader's language.</summary>
public abstract class StudyComponent : ComponentBase
{
    private object? known;

    /// <summary>How the page looks.</summary>
    [CascadingParameter]
    public required PageLook Look { get; set; }

    /// <summary>Whether the page is only drawn yet: what is pressed before the connection stands would be lost.</summary>
    protected bool IsStill => !RendererInfo.IsInteractive;

    /// <summary>The reader's language.</summary>
    protected Language Language => Look.Language;

    /// <summary>The text in the reader's language.</summary>
    protected string Say(string english, string japanese) => Language == Language.Japanese ? japanese : english;

    /// <summary>The text in the reader's language.</summary>
    protected string Say(LocalizedText text) => text.In(Language);

    /// <summary>Whether what the part shows differs from when this was last asked. A page is drawn with every move of a slider, and most of its parts need not be.</summary>
    /// <param name="shown">All that it depends on.</param>
    protected bool IsNew(object shown)
    {
        bool isNew = !shown.Equals(known);
        known = shown;
        return isNew;
    }
}
