using System.Globalization;
using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Answers as a person reads them.</summary>
public static class AnswerText
{
    /// <summary>The answer in words.</summary>
    /// <param name="view">The question as it was asked.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="language">The language.</param>
    public static string Of(QuestionView view, GivenAnswer answer, Language language) => answer switch
    {
        ChosenOptions chosen => string.Join(language == Language.Japanese ? "、" : "; ", chosen.Options.Select(id => view.Options.FirstOrDefault(option => string.Equals(option.Id, id, StringComparison.Ordinal))?.Text ?? id)),
        GivenNumber number => number.Value.ToString("G6", CultureInfo.InvariantCulture),
        GivenOrder order when view.Question is OrderQuestion question => string.Join(" → ", order.Items.Select(place => question.Items[place])),
        GivenText text => text.Text,
        Fukami.Course.KnewOnce => KnewOnce.In(language),
        Skipped => new LocalizedText("no answer", "回答なし").In(language),
        _ => DoesNotKnow.In(language),
    };

    /// <summary>The answer of whoever does not know.</summary>
    public static LocalizedText DoesNotKnow { get; } = new("I don't know", "わからない");

    /// <summary>The answer of whoever has forgotten.</summary>
    public static LocalizedText KnewOnce { get; } = new("I knew this once", "以前は知っていた");
}
