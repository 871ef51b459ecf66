"""Writes AccentTable.cs: what is left of each character after canonical decomposition without its non-spacing marks."""
import pathlib
import unicodedata

entries = []
for code in range(0x80, 0x30000):
    character = chr(code)
    if 0xD800 <= code < 0xE000 or 0xAC00 <= code < 0xD7A4 or unicodedata.category(character) == "Mn":
        continue
    bare = "".join(part for part in unicodedata.normalize("NFD", character) if unicodedata.category(part) != "Mn")
    if bare != character:
        entries.append("".join(f"\\u{ord(part):04X}" if ord(part) < 0x10000 else f"\\U{ord(part):08X}" for part in character + bare))
lines = [" ".join(entries[start:start + 12]) for start in range(0, len(entries), 12)]
body = " \" +\n        \"".join(lines)
path = pathlib.Path(__file__).parents[2] / "src/Fukami.Transformers/Tokenizers/AccentTable.cs"
path.write_text(f'''using System.Text;

namespace Fukami.Transformers;

/// <summary>
/// What is left of a character after canonical decomposition without its non-spacing marks (Unicode {unicodedata.unidata_version}; written by
/// tests/tokenizers/write_accents.py). In globalization-invariant mode .NET's own decomposition leaves every text as it is.
/// </summary>
internal static class AccentTable
{{
    // a character and what is left of it, then a space
    private const string Entries =
        "{body}";

    private static readonly Dictionary<Rune, string> Bare = Entries.Split(' ').ToDictionary(
        entry => Rune.GetRuneAt(entry, 0), entry => entry[Rune.GetRuneAt(entry, 0).Utf16SequenceLength..]);

    /// <summary>Appends what is left; a syllable of Hangul becomes its letters. (Unicode, section 3.12)</summary>
    public static void Append(StringBuilder text, Rune character)
    {{
        int syllable = character.Value - 0xAC00;
        if (syllable is >= 0 and < 11172)
        {{
            text.Append((char)(0x1100 + (syllable / 588))).Append((char)(0x1161 + (syllable % 588 / 28)));
            text.Append(syllable % 28 == 0 ? "" : ((char)(0x11A7 + (syllable % 28))).ToString());
        }}
        else
        {{
            text.Append(Bare.TryGetValue(character, out string? bare) ? bare : character.ToString());
        }}
    }}
}}
''')
