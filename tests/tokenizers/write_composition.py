"""Writes CompositionTable.cs: canonical decompositions and combining classes, from which NFC follows. (Unicode, section 3.11)"""
import pathlib
import unicodedata


def escape(text):
    return "".join(f"\\u{ord(part):04X}" if ord(part) < 0x10000 else f"\\U{ord(part):08X}" for part in text)


entries, classes = [], []
for code in range(0x80, 0x110000):
    if 0xD800 <= code < 0xE000 or 0xAC00 <= code < 0xD7A4:
        continue
    character = chr(code)
    parts = unicodedata.decomposition(character)
    if parts and not parts.startswith("<"):
        composes = unicodedata.normalize("NFC", character) == character
        entries.append(escape(character + "".join(chr(int(part, 16)) for part in parts.split())) + ("" if composes else "!"))
    if (order := unicodedata.combining(character)) > 0:
        if classes and classes[-1][1] == code - 1 and classes[-1][2] == order:
            classes[-1][1] = code
        else:
            classes.append([code, code, order])


def lines(parts, count):
    return " \" +\n        \"".join(" ".join(parts[start:start + count]) for start in range(0, len(parts), count))


path = pathlib.Path(__file__).parents[2] / "src/Fukami.Transformers/Tokenizers/CompositionTable.cs"
path.write_text(f'''namespace Fukami.Transformers;

/// <summary>
/// Canonical decompositions and combining classes of Unicode {unicodedata.unidata_version}; written by tests/tokenizers/write_composition.py.
/// </summary>
internal static class CompositionTable
{{
    /// <summary>A character and its one or two parts; ! where the parts are not composed again. A space between entries.</summary>
    public const string Decompositions =
        "{lines(entries, 12)}";

    /// <summary>First character, last character (hexadecimal) and combining class of all that have one, from low to high.</summary>
    public const string Classes =
        "{lines([f"{first:X}-{last:X}:{order}" for first, last, order in classes], 12)}";
}}
''')
