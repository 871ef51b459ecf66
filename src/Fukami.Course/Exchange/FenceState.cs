namespace Fukami.Course;

/// <summary>Whether a line belongs to a fenced block of code, told line by line.</summary>
internal sealed class FenceState
{
    private char mark;
    private int length;

    /// <summary>What would close the block that is open; empty if none is.</summary>
    public string Closing => length > 0 ? new string(mark, length) : "";

    /// <summary>Takes the next line; true if it belongs to a block of code, its fences included.</summary>
    public bool Take(string line)
    {
        string rest = line.TrimStart(' ');
        int count = rest.Length > 0 && rest[0] is '`' or '~' ? rest.Length - rest.TrimStart(rest[0]).Length : 0;
        if (length > 0)
        {
            if (rest.Length > 0 && rest[0] == mark && count >= length && rest.AsSpan(count).IsWhiteSpace())
            {
                length = 0;
            }

            return true;
        }

        if (count < 3 || line.Length - rest.Length > 3 || (rest[0] == '`' && rest.IndexOf('`', count) >= 0))
        {
            return false;
        }

        (mark, length) = (rest[0], count);
        return true;
    }
}
