namespace Fukami.Web.Tests;

/// <summary>What an edit does; the numbers are the framework's.</summary>
internal enum EditKind
{
    Insert = 1,
    Remove = 2,
    SetAttribute = 3,
    RemoveAttribute = 4,
    SetText = 5,
    StepIn = 6,
    StepOut = 7,
    SetMarkup = 8,
    Move = 9,
    EndOfMoves = 10,
}

/// <summary>One change of a component's tree.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Place">Which child of the present node it is about.</param>
/// <param name="Operand">The new frame, or where the child moves to.</param>
/// <param name="Attribute">The text that names the attribute to be removed.</param>
internal readonly record struct RenderEdit(EditKind Kind, int Place, int Operand, int Attribute);
