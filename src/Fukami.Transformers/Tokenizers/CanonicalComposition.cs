using System.Globalization;
using System.Text;

namespace Fukami.Transformers;

/// <summary>
/// Unicode's normalization form C: characters are taken apart, marks put in order, and what belongs together becomes one character.
/// .NET's own (<see cref="string.Normalize(NormalizationForm)"/>) is that of the ICU library, and in globalization-invariant mode, in which the command
/// runs so that it needs no such library, it leaves every text as it is. (Unicode, section 3.11)
/// </summary>
internal static class CanonicalComposition
{
    private const int Syllables = 0xAC00;
    private const int Leads = 0x1100;
    private const int Vowels = 0x1161;
    private const int Trails = 0x11A7;

    private static readonly Dictionary<int, int[]> Parts = [];
    private static readonly Dictionary<(int First, int Second), int> Wholes = [];
    private static readonly Dictionary<int, int> Classes = [];

    static CanonicalComposition()
    {
        foreach (string entry in CompositionTable.Decompositions.Split(' '))
        {
            int[] characters = [.. entry.TrimEnd('!').EnumerateRunes().Select(rune => rune.Value)];
            Parts.Add(characters[0], characters[1..]);
            if (!entry.EndsWith('!'))
            {
                Wholes.Add((characters[1], characters[2]), characters[0]);
            }
        }

        foreach (string range in CompositionTable.Classes.Split(' '))
        {
            string[] ends = range.Split('-', ':');
            int last = int.Parse(ends[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            for (int character = int.Parse(ends[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture); character <= last; character++)
            {
                Classes.Add(character, int.Parse(ends[2], CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>A text in form C.</summary>
    public static string Of(string text)
    {
        // below U+0300 every text is in form C
        if (text.AsSpan().IndexOfAnyExceptInRange('\0', '\u02FF') < 0)
        {
            return text;
        }

        var characters = new List<int>(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            TakeApart(rune.Value, characters);
        }

        PutInOrder(characters);
        var result = new StringBuilder(text.Length);
        foreach (int character in Compose(characters))
        {
            result.Append(new Rune(character).ToString());
        }

        return result.ToString();
    }

    private static int ClassOf(int character) => Classes.GetValueOrDefault(character);

    private static void TakeApart(int character, List<int> into)
    {
        int syllable = character - Syllables;
        if (syllable is >= 0 and < 11172)
        {
            into.Add(Leads + (syllable / 588));
            into.Add(Vowels + (syllable % 588 / 28));
            if (syllable % 28 > 0)
            {
                into.Add(Trails + (syllable % 28));
            }
        }
        else if (Parts.TryGetValue(character, out int[]? parts))
        {
            foreach (int part in parts)
            {
                TakeApart(part, into);
            }
        }
        else
        {
            into.Add(character);
        }
    }

    // marks between two characters of class 0 by their class, equals as they were
    private static void PutInOrder(List<int> characters)
    {
        for (int start = 0; start < characters.Count; start++)
        {
            int end = start;
            while (end < characters.Count && ClassOf(characters[end]) > 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                int[] sorted = [.. characters[start..end].OrderBy(ClassOf)];
                for (int i = start; i < end; i++)
                {
                    characters[i] = sorted[i - start];
                }
            }

            start = end;
        }
    }

    private static List<int> Compose(List<int> characters)
    {
        var result = new List<int>(characters.Count);
        int starter = -1;
        int lastClass = 0;
        foreach (int character in characters)
        {
            int order = ClassOf(character);
            bool isNext = starter >= 0 && (result.Count == starter + 1 || (lastClass > 0 && lastClass < order));
            if (isNext && Whole(result[starter], character) is { } whole)
            {
                result[starter] = whole;
                continue;
            }

            lastClass = order;
            if (order == 0)
            {
                starter = result.Count;
            }

            result.Add(character);
        }

        return result;
    }

    private static int? Whole(int first, int second)
    {
        if (first is >= Leads and < Leads + 19 && second is >= Vowels and < Vowels + 21)
        {
            return Syllables + ((((first - Leads) * 21) + second - Vowels) * 28);
        }

        if (first is >= Syllables and < Syllables + 11172 && (first - Syllables) % 28 == 0 && second is > Trails and < Trails + 28)
        {
            return first + second - Trails;
        }

        return Wholes.TryGetValue((first, second), out int whole) ? whole : null;
    }
}
