namespace Fukami.Transformers;

/// <summary>The same sentence in English and in Japanese.</summary>
/// <param name="English">In English.</param>
/// <param name="Japanese">In Japanese.</param>
public readonly record struct Bilingual(string English, string Japanese);
