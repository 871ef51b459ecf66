using System.CommandLine;
using System.Runtime.CompilerServices;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>Gives options and arguments a description in both languages.</summary>
internal static class Described
{
    private static readonly ConditionalWeakTable<Symbol, LocalizedText> Texts = [];

    /// <summary>Attaches a description.</summary>
    public static T With<T>(this T symbol, string english, string japanese)
        where T : Symbol
    {
        Texts.AddOrUpdate(symbol, new LocalizedText(english, japanese));
        symbol.Description = english;
        return symbol;
    }

    /// <summary>The description in a language.</summary>
    public static string In(Symbol symbol, Language language) => symbol switch
    {
        DocumentedCommand command => command.Purpose.In(language),
        _ when Texts.TryGetValue(symbol, out LocalizedText? text) => text.In(language),
        _ => symbol.Description ?? "",
    };
}
