using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>Names of points with <c>*</c> for anything: <c>blocks.*.resid_post</c>.</summary>
public static class PointPattern
{
    private const int Suggestions = 3;

    /// <summary>The points of a model that a pattern means, in the order of the forward pass.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pattern">A name, or a pattern.</param>
    /// <exception cref="SettingException">There is none; the message names near ones.</exception>
    public static IReadOnlyList<string> Find(Transformer model, string pattern)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(pattern);
        string[] found = [.. model.PointNames.Where(name => Matches(name, pattern))];
        if (found.Length > 0)
        {
            return found;
        }

        string near = string.Join(", ", model.PointNames.OrderBy(name => Distance(name, pattern)).Take(Suggestions));
        throw new SettingException(new LocalizedText(
            $"The model has no point {pattern}; near ones are {near}. * stands for anything, as in blocks.*.resid_post.",
            $"このモデルに {pattern} という点はありません。近い名前は {near} です。* は任意の文字列に一致します（例: blocks.*.resid_post）。"));
    }

    private static bool Matches(ReadOnlySpan<char> name, ReadOnlySpan<char> pattern)
    {
        // of two stars only the last needs to be tried again
        int at = 0, next = 0, star = -1, tried = 0;
        while (at < name.Length)
        {
            if (next < pattern.Length && pattern[next] == '*')
            {
                (star, tried) = (next++, at);
            }
            else if (next < pattern.Length && pattern[next] == name[at])
            {
                at++;
                next++;
            }
            else if (star >= 0)
            {
                (next, at) = (star + 1, ++tried);
            }
            else
            {
                return false;
            }
        }

        return pattern[next..].IndexOfAnyExcept('*') < 0;
    }

    // insertions, deletions and exchanges of a character (Levenshtein 1966)
    private static int Distance(string a, string b)
    {
        if (b.Length > 4 * a.Length)
        {
            return b.Length;
        }

        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
