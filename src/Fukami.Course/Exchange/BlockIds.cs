using System.Globalization;
using System.Text;

namespace Fukami.Course;

/// <summary>Makes ids that are not taken yet.</summary>
internal sealed class BlockIds
{
    private const int MaximumLength = 40;

    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    /// <summary>An id from a text's Latin letters, or from what stands for it.</summary>
    public string Of(string text, string otherwise) => Unique(Slug(text) is { Length: > 2 } slug ? slug : otherwise);

    /// <summary>This id, with a number behind it where it is taken.</summary>
    public string Unique(string id)
    {
        string made = id;
        for (int n = 2; !taken.Add(made); n++)
        {
            made = string.Create(CultureInfo.InvariantCulture, $"{id}-{n}");
        }

        return made;
    }

    /// <summary>A text's Latin letters and digits, in lower case, with dashes between.</summary>
    public static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (char c in text)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }

            if (slug.Length >= MaximumLength)
            {
                break;
            }
        }

        string made = slug.ToString().Trim('-');
        return made.Any(char.IsAsciiLetter) ? made.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '-') : "";
    }
}
