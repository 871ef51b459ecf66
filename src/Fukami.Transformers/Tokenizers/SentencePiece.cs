using System.Runtime.InteropServices;

namespace Fukami.Transformers;

/// <summary>One piece of a SentencePiece model.</summary>
/// <param name="Text">The piece; ▁ stands for a space.</param>
/// <param name="Score">The higher, the sooner it is made.</param>
/// <param name="Kind">What it is.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SentencePiece(string Text, float Score, SentencePieceKind Kind);
