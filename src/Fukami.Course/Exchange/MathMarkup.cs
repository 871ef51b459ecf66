using System.Net;
using System.Text;

namespace Fukami.Course;

/// <summary>Mathematics as MathML, which browsers show without a script: the part of LaTeX that lessons use. What is not known is shown as it was written.</summary>
internal sealed class MathMarkup
{
    private const int MaximumDepth = 24;

    private static readonly Dictionary<string, string> Signs = new(StringComparer.Ordinal)
    {
        ["partial"] = "∂",
        ["cdot"] = "·",
        ["times"] = "×",
        ["top"] = "⊤",
        ["infty"] = "∞",
        ["sum"] = "∑",
        ["prod"] = "∏",
        ["le"] = "≤",
        ["leq"] = "≤",
        ["ge"] = "≥",
        ["geq"] = "≥",
        ["ne"] = "≠",
        ["neq"] = "≠",
        ["approx"] = "≈",
        ["sim"] = "∼",
        ["to"] = "→",
        ["rightarrow"] = "→",
        ["pm"] = "±",
        ["in"] = "∈",
        ["odot"] = "⊙",
        ["dots"] = "…",
        ["ldots"] = "…",
        ["cdots"] = "⋯",
        ["nabla"] = "∇",
        ["propto"] = "∝",
        ["mid"] = "∣",
        ["lVert"] = "‖",
        ["rVert"] = "‖",
        ["|"] = "‖",
        ["{"] = "{",
        ["}"] = "}",
    };

    private static readonly Dictionary<string, string> Letters = new(StringComparer.Ordinal)
    {
        ["alpha"] = "α",
        ["beta"] = "β",
        ["gamma"] = "γ",
        ["delta"] = "δ",
        ["epsilon"] = "ϵ",
        ["varepsilon"] = "ε",
        ["eta"] = "η",
        ["theta"] = "θ",
        ["lambda"] = "λ",
        ["mu"] = "μ",
        ["pi"] = "π",
        ["rho"] = "ρ",
        ["sigma"] = "σ",
        ["tau"] = "τ",
        ["phi"] = "φ",
        ["omega"] = "ω",
        ["Delta"] = "Δ",
        ["Sigma"] = "Σ",
        ["Omega"] = "Ω",
        ["ell"] = "ℓ",
    };

    private static readonly Dictionary<string, string> Spaces = new(StringComparer.Ordinal) { ["quad"] = "1em", ["qquad"] = "2em", [","] = "0.17em", [";"] = "0.28em", [":"] = "0.22em", [" "] = "0.25em", ["!"] = "0em" };

    private readonly string latex;
    private int at;
    private bool grows;

    private MathMarkup(string latex) => this.latex = latex;

    /// <summary>A formula.</summary>
    /// <param name="latex">The formula, without its dollars.</param>
    /// <param name="isBlock">Whether it stands on a line of its own.</param>
    public static string Of(string latex, bool isBlock)
    {
        var math = new MathMarkup(latex.Trim());
        string row = math.Row(0, "");
        return $"<math{(isBlock ? " display=\"block\"" : "")} aria-label=\"{Encode(latex.Trim())}\"><mrow>{row}</mrow></math>";
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private string Row(int depth, string end)
    {
        var row = new StringBuilder();
        while (at < latex.Length)
        {
            if (end.Length > 0 && string.CompareOrdinal(latex, at, end, 0, end.Length) == 0)
            {
                at += end.Length;
                break;
            }

            row.Append(Scripted(depth));
        }

        return row.ToString();
    }

    private string Scripted(int depth)
    {
        string made = Atom(depth);
        string? below = null;
        string? above = null;
        while (at < latex.Length && latex[at] is ('_' or '^') && made.Length > 0)
        {
            char sign = latex[at++];
            SkipSpace();
            string script = at < latex.Length ? Atom(depth + 1) : "<mrow></mrow>";
            (below, above) = sign == '_' ? (script, above) : (below, script);
        }

        return (below, above) switch
        {
            (null, null) => made,
            ({ } low, null) => $"<msub>{made}{low}</msub>",
            (null, { } high) => $"<msup>{made}{high}</msup>",
            ({ } low, { } high) => $"<msubsup>{made}{low}{high}</msubsup>",
        };
    }

    private string Atom(int depth)
    {
        if (depth > MaximumDepth)
        {
            string rest = latex[at..];
            at = latex.Length;
            return $"<mtext>{Encode(rest)}</mtext>";
        }

        char c = latex[at];
        if (char.IsWhiteSpace(c))
        {
            at++;
            return "";
        }

        if (c == '{')
        {
            at++;
            return $"<mrow>{Row(depth + 1, "}")}</mrow>";
        }

        if (c == '\\' && at + 1 < latex.Length)
        {
            return Command(depth);
        }

        if (char.IsAsciiDigit(c))
        {
            int begin = at;
            while (at < latex.Length && (char.IsAsciiDigit(latex[at]) || (latex[at] == '.' && at + 1 < latex.Length && char.IsAsciiDigit(latex[at + 1]))))
            {
                at++;
            }

            return $"<mn>{latex[begin..at]}</mn>";
        }

        // a character outside the first plane is two
        int length = char.IsHighSurrogate(c) && at + 1 < latex.Length ? 2 : 1;
        string sign = latex.Substring(at, length);
        at += length;
        return char.IsLetter(sign, 0) ? $"<mi>{Encode(sign)}</mi>" : Operator(sign == "-" ? "−" : sign);
    }

    private string Command(int depth)
    {
        at++;
        int begin = at;
        while (at < latex.Length && char.IsAsciiLetter(latex[at]))
        {
            at++;
        }

        if (at == begin)
        {
            at++;
        }

        string name = latex[begin..at];
        switch (name)
        {
            case "frac" or "dfrac" or "tfrac":
                return $"<mfrac>{Argument(depth)}{Argument(depth)}</mfrac>";
            case "sqrt":
                return $"<msqrt>{Argument(depth)}</msqrt>";
            case "mathrm" or "text" or "operatorname" or "mathbf" or "mathit":
                return $"<mtext>{Encode(Raw())}</mtext>";
            case "hat" or "bar" or "tilde" or "vec":
                return $"<mover accent=\"true\">{Argument(depth)}<mo>{name switch { "hat" => "^", "bar" => "¯", "tilde" => "~", _ => "→" }}</mo></mover>";
            case "left" or "right":
                grows = at == latex.Length || latex[at] != '.';
                at += grows ? 0 : 1;
                return "";
            case "big" or "Big" or "bigl" or "bigr":
                return "";
            default:
                return Letters.TryGetValue(name, out string? letter) ? $"<mi>{letter}</mi>"
                    : Signs.TryGetValue(name, out string? sign) ? Operator(sign)
                    : Spaces.TryGetValue(name, out string? width) ? $"<mspace width=\"{width}\"></mspace>"
                    : name is "exp" or "log" or "ln" or "max" or "min" or "tanh" or "sin" or "cos" or "det" ? $"<mtext>{name}</mtext>"
                    : $"<mtext>\\{Encode(name)}</mtext>";
        }
    }

    // brackets grow with what they enclose where \left or \right stands before them, and nowhere else
    private string Operator(string sign)
    {
        bool isFixed = sign is "(" or ")" or "[" or "]" or "{" or "}" or "|" or "‖" && !grows;
        grows = false;
        return $"<mo{(isFixed ? " stretchy=\"false\"" : "")}>{Encode(sign)}</mo>";
    }

    private string Argument(int depth)
    {
        SkipSpace();
        return at < latex.Length ? $"<mrow>{Atom(depth + 1)}</mrow>" : "<mrow></mrow>";
    }

    private string Raw()
    {
        SkipSpace();
        if (at >= latex.Length || latex[at] != '{')
        {
            return at < latex.Length ? latex[at++].ToString() : "";
        }

        int end = latex.IndexOf('}', at);
        end = end < 0 ? latex.Length : end;
        string raw = latex[(at + 1)..end];
        at = Math.Min(latex.Length, end + 1);
        return raw;
    }

    private void SkipSpace()
    {
        while (at < latex.Length && char.IsWhiteSpace(latex[at]))
        {
            at++;
        }
    }
}
