using System.Runtime.InteropServices;

namespace Fukami.Transformers;

/// <summary>A token that is looked for in a text before the text is cut into words.</summary>
/// <param name="Text">How it is written.</param>
/// <param name="Id">Its id.</param>
/// <param name="IsSpecial">Whether it means something to the model, as the end of a text does.</param>
/// <param name="IsNormalized">Whether it is looked for after the text was normalized.</param>
/// <param name="TakesSpaceBefore">Whether spaces before it belong to it.</param>
/// <param name="TakesSpaceBehind">Whether spaces behind it belong to it.</param>
/// <param name="IsWord">Whether letters, digits and _ must not stand beside it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AddedToken(string Text, int Id, bool IsSpecial = true, bool IsNormalized = false, bool TakesSpaceBefore = false, bool TakesSpaceBehind = false, bool IsWord = false);
