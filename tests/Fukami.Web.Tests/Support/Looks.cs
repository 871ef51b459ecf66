using Fukami.Lab;

namespace Fukami.Web.Tests;

/// <summary>Every language in every theme.</summary>
public static class Looks
{
    /// <summary>The four of them.</summary>
    public static TheoryData<Language, string> All { get; } = new()
    {
        { Language.English, "light" },
        { Language.English, "dark" },
        { Language.Japanese, "light" },
        { Language.Japanese, "dark" },
    };
}
