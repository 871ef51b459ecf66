using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Web.Components.Text;

/// <summary>The states of a concept in words.</summary>
internal static class ConceptStateText
{
    /// <summary>The state in words.</summary>
    public static string Of(ConceptState state, Language language) => Text(state).In(language);

    private static LocalizedText Text(ConceptState state) => state switch
    {
        ConceptState.Known => new("known", "理解済み"),
        ConceptState.Learning => new("learning", "学習中"),
        ConceptState.Wrong => new("mistaken", "誤解あり"),
        ConceptState.Unknown => new("not known yet", "まだ知らない"),
        ConceptState.Forgotten => new("knew it once", "以前は知っていた"),
        _ => new("not seen yet", "未学習"),
    };
}
