using System.Collections.Frozen;
using System.Text;

namespace Fukami.Cli;

/// <summary>Mathematics in LaTeX, as lessons write it, as a line of readable text: <c>\frac{QK^{\top}}{\sqrt{d}}</c> becomes QKᵀ/√d.</summary>
internal static class MathText
{
    private const int DeepestNesting = 32;
    private const string Superscripts = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺−⁻-⁻n\u207Fi\u2071⊤ᵀT\u1D40";
    private const string Subscripts = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊−₋-₋";

    private static readonly FrozenDictionary<string, string> Symbols = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["partial"] = "∂",
        ["top"] = "⊤",
        ["cdot"] = "·",
        ["times"] = "×",
        ["le"] = "≤",
        ["leq"] = "≤",
        ["ge"] = "≥",
        ["geq"] = "≥",
        ["ne"] = "≠",
        ["neq"] = "≠",
        ["approx"] = "≈",
        ["sim"] = "∼",
        ["infty"] = "∞",
        ["sum"] = "Σ",
        ["prod"] = "Π",
        ["pm"] = "±",
        ["to"] = "→",
        ["rightarrow"] = "→",
        ["in"] = "∈",
        ["nabla"] = "∇",
        ["alpha"] = "α",
        ["beta"] = "β",
        ["gamma"] = "γ",
        ["delta"] = "δ",
        ["epsilon"] = "ε",
        ["varepsilon"] = "ε",
        ["eta"] = "η",
        ["lambda"] = "λ",
        ["mu"] = "μ",
        ["sigma"] = "σ",
        ["theta"] = "θ",
        ["pi"] = "π",
        ["phi"] = "φ",
        ["ldots"] = "…",
        ["dots"] = "…",
        ["cdots"] = "⋯",
        ["quad"] = "  ",
        ["qquad"] = "    ",
        ["left"] = "",
        ["right"] = "",
        ["big"] = "",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The text of a formula.</summary>
    public static string Of(string latex)
    {
        int at = 0;
        return Read(latex.ReplaceLineEndings(" "), ref at, 0).Trim();
    }

    private static string Read(string s, ref int at, int nesting)
    {
        var text = new StringBuilder();
        while (at < s.Length && s[at] != '}')
        {
            text.Append(Piece(s, ref at, nesting));
        }

        return text.ToString();
    }

    private static string Piece(string s, ref int at, int nesting)
    {
        char c = s[at++];
        switch (c)
        {
            case '{' when nesting >= DeepestNesting:
                return "{";
            case '{':
                string inner = Read(s, ref at, nesting + 1);
                at++;
                return inner;
            case '^':
                return Script(Argument(s, ref at, nesting), Superscripts, '^');
            case '_':
                return Script(Argument(s, ref at, nesting), Subscripts, '_');
            case '\\':
                return Command(s, ref at, nesting);
            case '-':
                return "−";
            case ' ':
                while (at < s.Length && s[at] == ' ')
                {
                    at++;
                }

                return " ";
            default:
                return c.ToString();
        }
    }

    private static string Command(string s, ref int at, int nesting)
    {
        int start = at;
        while (at < s.Length && char.IsAsciiLetter(s[at]))
        {
            at++;
        }

        if (at == start)
        {
            // a single sign: \! and \, are small spaces, \{ is itself
            return at >= s.Length ? "" : s[at++] switch { '!' => "", ',' or ';' or ':' or ' ' => " ", var sign => sign.ToString() };
        }

        string name = s[start..at];
        while (at < s.Length && s[at] == ' ')
        {
            at++;
        }

        switch (name)
        {
            case "frac":
                string above = Argument(s, ref at, nesting);
                return $"{Enclosed(above)}/{Enclosed(Argument(s, ref at, nesting))}";
            case "sqrt":
                return $"√{Enclosed(Argument(s, ref at, nesting))}";
            case "text" or "mathrm" or "mathbf" or "operatorname":
                return Argument(s, ref at, nesting);
            default:
                return Symbols.GetValueOrDefault(name, name);
        }
    }

    private static string Argument(string s, ref int at, int nesting)
    {
        while (at < s.Length && s[at] == ' ')
        {
            at++;
        }

        return at >= s.Length || s[at] == '}' || nesting >= DeepestNesting ? "" : Piece(s, ref at, nesting + 1).Trim();
    }

    private static string Script(string argument, string table, char sign)
    {
        var small = new StringBuilder();
        foreach (char c in argument)
        {
            int place = -1;
            for (int i = 0; i < table.Length; i += 2)
            {
                place = table[i] == c ? i : place;
            }

            if (place < 0)
            {
                return argument.Length == 1 || argument.All(char.IsAsciiLetterOrDigit) || (argument.Length > 0 && argument.All(d => char.IsAsciiDigit(d) || d == '.')) ? $"{sign}{argument}" : $"{sign}({argument})";
            }

            small.Append(table[place + 1]);
        }

        return small.ToString();
    }

    // a sum or a product with a division needs brackets in a line of text
    private static string Enclosed(string text) => text.AsSpan().IndexOfAny(" +−=/") >= 0 && !(text.StartsWith('(') && text.EndsWith(')')) ? $"({text})" : text;
}
