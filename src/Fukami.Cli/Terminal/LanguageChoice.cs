using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>Which language to speak: <c>--lang</c>, else the environment's, as other commands do (LC_ALL, LC_MESSAGES, LANG).</summary>
internal static class LanguageChoice
{
    /// <summary>The names that <c>--lang</c> takes.</summary>
    public static readonly string[] Names = ["en", "ja"];

    private static readonly string[] Variables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    /// <summary>
    /// The language. It is needed before the arguments are parsed, because the parser's own sentences are in it;
    /// a wrong name is refused later, by the parser.
    /// </summary>
    public static Language Of(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        string? name = null;
        for (int i = 0; i < arguments.Count; i++)
        {
            if (arguments[i].StartsWith("--lang=", StringComparison.Ordinal) || arguments[i].StartsWith("--lang:", StringComparison.Ordinal))
            {
                name = arguments[i][7..];
            }
            else if (string.Equals(arguments[i], "--lang", StringComparison.Ordinal) && i + 1 < arguments.Count)
            {
                name = arguments[i + 1];
            }
        }

        name ??= Variables.Select(environment).FirstOrDefault(v => !string.IsNullOrEmpty(v));
        return name?.StartsWith("ja", StringComparison.OrdinalIgnoreCase) == true ? Language.Japanese : Language.English;
    }
}
