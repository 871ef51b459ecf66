using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>Turns text into token ids and back. Ids are 0 … <see cref="Vocabulary"/> − 1. Safe for use by several threads.</summary>
public interface ITokenizer
{
    /// <summary>How many tokens there are.</summary>
    int Vocabulary { get; }

    /// <summary>Tokens that the model's family puts before a text, such as <c>&lt;s&gt;</c>; <see cref="Encode"/> does not add them.</summary>
    IReadOnlyList<int> BeginsWith => [];

    /// <summary>Tokens that the model's family puts behind a text, such as <c>[SEP]</c>; <see cref="Encode"/> does not add them.</summary>
    IReadOnlyList<int> EndsWith => [];

    /// <summary>The ids of a text.</summary>
    /// <exception cref="TokenizerException">The text holds something that no token stands for, or is not valid Unicode.</exception>
    int[] Encode(string text);

    /// <summary>The text of some ids. Bytes that make no whole character become U+FFFD; <see cref="TextStream"/> waits for the rest instead.</summary>
    /// <exception cref="TokenizerException">An id is outside the vocabulary.</exception>
    string Decode(ReadOnlySpan<int> ids);

    /// <summary>The UTF-8 bytes that a token stands for; they may be a part of a character.</summary>
    /// <exception cref="TokenizerException">The id is outside the vocabulary.</exception>
    ReadOnlySpan<byte> Bytes(int id);

    /// <summary>Writes the tokenizer as the object of a Hugging Face <c>tokenizer.json</c>.</summary>
    void WriteTo(Utf8JsonWriter json);
}
