using Fukami.Lab;

namespace Fukami.Web.Components;

/// <summary>How a page looks to whoever reads it: their language, and what their browser keeps of theme and text size.</summary>
/// <param name="Language">The language.</param>
/// <param name="Theme"><c>auto</c>, <c>light</c> or <c>dark</c>.</param>
/// <param name="IsDark">Whether it is dark now, as far as the browser has told.</param>
/// <param name="Size"><c>normal</c>, <c>large</c> or <c>larger</c>.</param>
public sealed record PageLook(Language Language, string Theme, bool IsDark, string Size)
{
    private const string ThemeCookie = "fukami-theme";
    private const string DarkCookie = "fukami-dark";
    private const string SizeCookie = "fukami-size";

    /// <summary>The themes to choose from.</summary>
    public static IReadOnlyList<string> Themes { get; } = ["auto", "light", "dark"];

    /// <summary>The text sizes to choose from.</summary>
    public static IReadOnlyList<string> Sizes { get; } = ["normal", "large", "larger"];

    /// <summary>The language's code.</summary>
    public string Code => Language == Language.Japanese ? "ja" : "en";

    /// <summary>The look of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="learners">The language of the learner; none if nobody has been chosen.</param>
    public static PageLook Of(HttpRequest request, Language? learners)
    {
        string theme = Known(request.Cookies[ThemeCookie], Themes);
        return new PageLook(
            learners ?? Asked(request),
            theme,
            theme switch { "dark" => true, "light" => false, _ => string.Equals(request.Cookies[DarkCookie], "true", StringComparison.Ordinal) },
            Known(request.Cookies[SizeCookie], Sizes));
    }

    private static string Known(string? given, IReadOnlyList<string> all) => given is not null && all.Contains(given, StringComparer.Ordinal) ? given : all[0];

    private static Language Asked(HttpRequest request)
    {
        string? first = request.Query["lang"].FirstOrDefault()
            ?? request.GetTypedHeaders().AcceptLanguage.OrderByDescending(accepted => accepted.Quality ?? 1).FirstOrDefault()?.Value.Value;
        return first?.StartsWith("ja", StringComparison.OrdinalIgnoreCase) == true ? Language.Japanese : Language.English;
    }
}
