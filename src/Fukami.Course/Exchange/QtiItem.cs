using System.Globalization;
using System.Xml.Linq;
using Fukami.Lab;

namespace Fukami.Course;

/// <summary>A question as an assessment item of QTI 2.1: its response, its outcomes, what is shown, how it is scored, what is said of it.</summary>
/// <param name="question">The question.</param>
/// <param name="seed">What is drawn follows from it.</param>
/// <param name="language">The language.</param>
internal sealed class QtiItem(Question question, ulong seed, Language language)
{
    private const string Response = "RESPONSE";
    private static readonly XNamespace Qti = "http://www.imsglobal.org/xsd/imsqti_v2p1";
    private readonly QuestionView view = QuestionView.Of(question, seed);

    /// <summary>An identifier as QTI allows it: it begins with a letter.</summary>
    public static string IdentifierOf(Question question) => $"Q-{question.Id}";

    /// <summary>The item.</summary>
    public XDocument Write() => new(new XElement(
        Qti + "assessmentItem",
        new XAttribute("identifier", IdentifierOf(question)),
        new XAttribute("title", question.Id),
        new XAttribute("adaptive", "false"),
        new XAttribute("timeDependent", "false"),
        new XAttribute(XNamespace.Xml + "lang", language == Language.Japanese ? "ja" : "en"),
        Declaration(),
        Outcome("SCORE", "single", "float", new XElement(Qti + "defaultValue", Value("0"))),
        Outcome("FEEDBACK", question is ChoiceQuestion { IsMultiple: true } ? "multiple" : "single", "identifier"),
        new XElement(Qti + "itemBody", Interaction()),
        Processing(),
        Feedback()));

    private static XElement Outcome(string name, string cardinality, string type, params object[] content) => new(
        Qti + "outcomeDeclaration", new XAttribute("identifier", name), new XAttribute("cardinality", cardinality), new XAttribute("baseType", type), content);

    private static XElement Value(string value) => new(Qti + "value", value);

    private static XElement BaseValue(string type, string value) => new(Qti + "baseValue", new XAttribute("baseType", type), value);

    private static XElement Variable(string name) => new(Qti + "variable", new XAttribute("identifier", name));

    private static XElement Set(string name, params object[] value) => new(Qti + "setOutcomeValue", new XAttribute("identifier", name), value);

    private static string OptionId(string id) => $"option-{id}";

    private static string ItemId(int place) => string.Create(CultureInfo.InvariantCulture, $"item-{place + 1}");

    private static XElement[] Paragraphs(string markdown) =>
        [.. markdown.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(paragraph => new XElement(Qti + "p", Clean(paragraph)))];

    // characters that XML does not have
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Where(rune => rune.Value is 9 or 10 or 13 or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or >= 0x10000).Select(rune => rune.ToString()));

    private XElement Declaration()
    {
        (string cardinality, string type, IEnumerable<string> right) = question switch
        {
            ChoiceQuestion choice => (choice.IsMultiple ? "multiple" : "single", "identifier", choice.Options.Where(option => option.IsRight).Select(option => OptionId(option.Id))),
            OrderQuestion order => ("ordered", "identifier", order.Items.Select((_, i) => ItemId(i))),
            NumberQuestion => ("single", "float", [view.Number!.Key.ToString("R", CultureInfo.InvariantCulture)]),
            _ => ("single", "string", Enumerable.Empty<string>()),
        };
        XElement? mapping = question is ChoiceQuestion { IsMultiple: true } several ? Mapping(several) : null;
        XElement[] values = [.. right.Select(Value)];
        return new XElement(
            Qti + "responseDeclaration",
            new XAttribute("identifier", Response),
            new XAttribute("cardinality", cardinality),
            new XAttribute("baseType", type),
            values.Length > 0 ? new XElement(Qti + "correctResponse", values) : null,
            mapping);
    }

    private static XElement Mapping(ChoiceQuestion choice)
    {
        int right = choice.Options.Count(option => option.IsRight);
        int wrong = Math.Max(1, choice.Options.Count - right);
        return new XElement(
            Qti + "mapping",
            new XAttribute("lowerBound", "0"),
            new XAttribute("upperBound", "1"),
            new XAttribute("defaultValue", "0"),
            choice.Options.Select(option => new XElement(
                Qti + "mapEntry",
                new XAttribute("mapKey", OptionId(option.Id)),
                new XAttribute("mappedValue", (option.IsRight ? 1.0 / right : -1.0 / wrong).ToString("R", CultureInfo.InvariantCulture)))));
    }

    private IEnumerable<XElement> Interaction()
    {
        XElement prompt = new(Qti + "prompt", Clean(view.Prompt));
        switch (question)
        {
            case ChoiceQuestion choice:
                yield return new XElement(
                    Qti + "choiceInteraction",
                    new XAttribute("responseIdentifier", Response),
                    new XAttribute("shuffle", choice.Shuffles ? "true" : "false"),
                    new XAttribute("maxChoices", choice.IsMultiple ? "0" : "1"),
                    prompt,
                    choice.Options.Select(option => new XElement(Qti + "simpleChoice", new XAttribute("identifier", OptionId(option.Id)), Clean(option.Text))));
                break;
            case OrderQuestion order:
                yield return new XElement(
                    Qti + "orderInteraction",
                    new XAttribute("responseIdentifier", Response),
                    new XAttribute("shuffle", "true"),
                    prompt,
                    view.Order.Select(place => new XElement(Qti + "simpleChoice", new XAttribute("identifier", ItemId(place)), Clean(order.Items[place]))));
                break;
            case NumberQuestion:
                foreach (XElement paragraph in Paragraphs(view.Prompt))
                {
                    yield return paragraph;
                }

                yield return new XElement(Qti + "p", new XElement(Qti + "textEntryInteraction", new XAttribute("responseIdentifier", Response), new XAttribute("expectedLength", "10")));
                break;
            default:
                yield return new XElement(Qti + "extendedTextInteraction", new XAttribute("responseIdentifier", Response), new XAttribute("expectedLines", "6"), prompt);
                break;
        }
    }

    private XElement Processing()
    {
        XElement match = new(Qti + "match", Variable(Response), new XElement(Qti + "correct", new XAttribute("identifier", Response)));
        object[] rules = question switch
        {
            ChoiceQuestion { IsMultiple: true } => [Set("SCORE", new XElement(Qti + "mapResponse", new XAttribute("identifier", Response))), Set("FEEDBACK", Variable(Response))],
            ChoiceQuestion => [Scored(match), Set("FEEDBACK", Variable(Response))],
            OrderQuestion => [Scored(match), Set("FEEDBACK", BaseValue("identifier", "answered"))],
            NumberQuestion number => [Numeric(number), Set("FEEDBACK", BaseValue("identifier", "answered"))],
            _ => [Set("FEEDBACK", BaseValue("identifier", "answered"))],
        };
        return new XElement(Qti + "responseProcessing", rules);
    }

    private static XElement Scored(XElement condition) => new(
        Qti + "responseCondition",
        new XElement(Qti + "responseIf", condition, Set("SCORE", BaseValue("float", "1"))),
        new XElement(Qti + "responseElse", Set("SCORE", BaseValue("float", "0"))));

    private static XElement Numeric(NumberQuestion number)
    {
        string tolerance = number.Tolerance.ToString("R", CultureInfo.InvariantCulture);
        return Scored(new XElement(
            Qti + "equal",
            new XAttribute("toleranceMode", "absolute"),
            new XAttribute("tolerance", $"{tolerance} {tolerance}"),
            Variable(Response),
            new XElement(Qti + "correct", new XAttribute("identifier", Response))));
    }

    private IEnumerable<XElement> Feedback() => question switch
    {
        ChoiceQuestion choice => choice.Options.Select(option => Modal(OptionId(option.Id), option.Feedback)),
        OrderQuestion order => [Modal("answered", order.Feedback)],
        NumberQuestion number => [Modal("answered", QuestionView.Fill(number.Explanation, view.Number!.Names))],
        OpenQuestion open => [Modal("answered", open.ModelAnswer)],
        _ => [],
    };

    private static XElement Modal(string identifier, string markdown) => new(
        Qti + "modalFeedback", new XAttribute("outcomeIdentifier", "FEEDBACK"), new XAttribute("identifier", identifier), new XAttribute("showHide", "show"), Paragraphs(markdown));
}
