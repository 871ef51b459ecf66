using System.Globalization;
using System.Xml.Linq;

namespace Fukami.Course.Tests;

/// <summary>
/// What the information model and the schema of IMS QTI 2.1 ask of an assessment item, as far as our items go: order of the parts, attributes that are required and their values,
/// identifiers, which response fits which interaction, and that rules of scoring refer to what is declared, with expressions of the types that they need.
/// </summary>
internal static class QtiStructure
{
    private static readonly XNamespace Qti = "http://www.imsglobal.org/xsd/imsqti_v2p1";

    private static readonly Dictionary<string, string[]> Required = new(StringComparer.Ordinal)
    {
        ["assessmentItem"] = ["identifier", "title", "adaptive", "timeDependent"],
        ["responseDeclaration"] = ["identifier", "cardinality"],
        ["outcomeDeclaration"] = ["identifier", "cardinality"],
        ["mapping"] = ["defaultValue"],
        ["mapEntry"] = ["mapKey", "mappedValue"],
        ["choiceInteraction"] = ["responseIdentifier", "shuffle", "maxChoices"],
        ["orderInteraction"] = ["responseIdentifier", "shuffle"],
        ["textEntryInteraction"] = ["responseIdentifier"],
        ["extendedTextInteraction"] = ["responseIdentifier"],
        ["simpleChoice"] = ["identifier"],
        ["setOutcomeValue"] = ["identifier"],
        ["variable"] = ["identifier"],
        ["correct"] = ["identifier"],
        ["mapResponse"] = ["identifier"],
        ["baseValue"] = ["baseType"],
        ["equal"] = ["toleranceMode"],
        ["modalFeedback"] = ["outcomeIdentifier", "identifier", "showHide"],
    };

    private static readonly Dictionary<string, string[]> Values = new(StringComparer.Ordinal)
    {
        ["cardinality"] = ["single", "multiple", "ordered", "record"],
        ["baseType"] = ["identifier", "boolean", "integer", "float", "string", "point", "pair", "directedPair", "duration", "file", "uri"],
        ["adaptive"] = ["true", "false"],
        ["timeDependent"] = ["true", "false"],
        ["shuffle"] = ["true", "false"],
        ["showHide"] = ["show", "hide"],
        ["toleranceMode"] = ["exact", "absolute", "relative"],
    };

    // interaction: cardinalities and base types that it may be bound to, and what it may stand in
    private static readonly Dictionary<string, (string[] Cardinality, string[] BaseType, string[] Parents)> Bound = new(StringComparer.Ordinal)
    {
        ["choiceInteraction"] = (["single", "multiple"], ["identifier"], ["itemBody"]),
        ["orderInteraction"] = (["ordered"], ["identifier"], ["itemBody"]),
        ["textEntryInteraction"] = (["single"], ["string", "integer", "float"], ["p"]),
        ["extendedTextInteraction"] = (["single", "multiple", "ordered"], ["string", "integer", "float"], ["itemBody"]),
    };

    /// <summary>Holds an item against the above.</summary>
    public static void Check(XElement item)
    {
        Assert.Equal(Qti + "assessmentItem", item.Name);
        Assert.All(item.DescendantsAndSelf(), element => Assert.Equal(Qti, element.Name.Namespace));
        Attributes(item);
        Order(item);
        Dictionary<string, (string Cardinality, string BaseType)> declared = item.Elements().Where(part => part.Name.LocalName.EndsWith("Declaration", StringComparison.Ordinal))
            .ToDictionary(part => part.Attribute("identifier")!.Value, part => (part.Attribute("cardinality")!.Value, part.Attribute("baseType")!.Value), StringComparer.Ordinal);
        Interaction(item, declared);
        Processing(item.Element(Qti + "responseProcessing")!, declared);
        Feedback(item, declared);
    }

    private static void Attributes(XElement item)
    {
        foreach (XElement element in item.DescendantsAndSelf())
        {
            Assert.All(Required.GetValueOrDefault(element.Name.LocalName, []), name => Assert.NotNull(element.Attribute(name)));
            foreach (XAttribute attribute in element.Attributes())
            {
                if (Values.TryGetValue(attribute.Name.LocalName, out string[]? values))
                {
                    Assert.Contains(attribute.Value, values);
                }

                if (attribute.Name.LocalName is "identifier" or "responseIdentifier" or "outcomeIdentifier" or "mapKey")
                {
                    Assert.Matches("^[A-Za-z_][A-Za-z0-9_.-]*$", attribute.Value);
                }
            }
        }
    }

    private static void Order(XElement item)
    {
        string[] order = ["responseDeclaration", "outcomeDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing"];
        Assert.Equal(order, item.Elements().Select(element => element.Name.LocalName).Take(5));
        Assert.All(item.Elements().Skip(5), element => Assert.Equal("modalFeedback", element.Name.LocalName));
        string[] parts = [.. item.Element(Qti + "responseDeclaration")!.Elements().Select(part => part.Name.LocalName)];
        Assert.Equal(parts.OrderBy(part => Array.IndexOf(["correctResponse", "mapping"], part)), parts);
        Assert.Equal(parts.Distinct(), parts);
        Assert.All(item.Element(Qti + "itemBody")!.Elements(), block => Assert.Contains(block.Name.LocalName, (string[])["p", "choiceInteraction", "orderInteraction", "extendedTextInteraction"]));
    }

    private static void Interaction(XElement item, Dictionary<string, (string Cardinality, string BaseType)> declared)
    {
        XElement interaction = Assert.Single(item.Descendants(), element => element.Name.LocalName.EndsWith("Interaction", StringComparison.Ordinal));
        XElement declaration = item.Element(Qti + "responseDeclaration")!;
        Assert.Equal(declaration.Attribute("identifier")!.Value, interaction.Attribute("responseIdentifier")!.Value);
        (string cardinality, string type) = declared[declaration.Attribute("identifier")!.Value];
        (string[] cardinalities, string[] types, string[] parents) = Bound[interaction.Name.LocalName];
        Assert.Contains(cardinality, cardinalities);
        Assert.Contains(type, types);
        Assert.Contains(interaction.Parent!.Name.LocalName, parents);
        Assert.True(interaction.Elements(Qti + "prompt").Count() <= 1 && interaction.Elements().Skip(1).All(part => part.Name.LocalName == "simpleChoice"));

        string[] choices = [.. interaction.Elements(Qti + "simpleChoice").Select(choice => choice.Attribute("identifier")!.Value)];
        string[] right = [.. (declaration.Element(Qti + "correctResponse")?.Elements(Qti + "value") ?? []).Select(value => value.Value)];
        Assert.Equal(choices.Distinct(), choices);
        if (interaction.Name.LocalName is "choiceInteraction" or "orderInteraction")
        {
            Assert.NotEmpty(right);
            Assert.Equal(right.Distinct(), right);
            Assert.All(right, value => Assert.Contains(value, choices));
            Assert.Equal(cardinality == "ordered" ? choices.Length : right.Length, right.Length);
            Assert.True(cardinality != "single" || (right.Length == 1 && interaction.Attribute("maxChoices")!.Value == "1"));
        }
        else if (type == "float")
        {
            Assert.True(double.IsFinite(double.Parse(Assert.Single(right), NumberStyles.Float, CultureInfo.InvariantCulture)));
        }

        XElement[] entries = [.. declaration.Descendants(Qti + "mapEntry")];
        Assert.All(entries, entry => Assert.Contains(entry.Attribute("mapKey")!.Value, choices));
        Assert.Equal(entries.Length, entries.Select(entry => entry.Attribute("mapKey")!.Value).Distinct().Count());
        if (entries.Length > 0)
        {
            Assert.Equal(1, entries.Where(entry => right.Contains(entry.Attribute("mapKey")!.Value)).Sum(Mapped), 9);
            Assert.All(entries.Where(entry => !right.Contains(entry.Attribute("mapKey")!.Value)), entry => Assert.True(Mapped(entry) < 0));
        }

        static double Mapped(XElement entry) => double.Parse(entry.Attribute("mappedValue")!.Value, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static void Processing(XElement processing, Dictionary<string, (string Cardinality, string BaseType)> declared)
    {
        Assert.NotEmpty(processing.Elements());
        foreach (XElement condition in processing.Descendants(Qti + "responseCondition"))
        {
            Assert.Equal(["responseIf", "responseElse"], condition.Elements().Select(part => part.Name.LocalName));
            XElement test = condition.Element(Qti + "responseIf")!.Elements().First();
            Assert.Contains(test.Name.LocalName, (string[])["match", "equal"]);
            (string Cardinality, string BaseType)[] sides = [.. test.Elements().Select(side => TypeOf(side, declared))];
            Assert.Equal(2, sides.Length);
            Assert.Equal(sides[0], sides[1]);
            if (test.Name.LocalName == "equal")
            {
                Assert.Equal(("single", "float"), sides[0]);
                string[] tolerances = test.Attribute("tolerance")!.Value.Split(' ');
                Assert.Equal(2, tolerances.Length);
                Assert.All(tolerances, tolerance => Assert.True(double.Parse(tolerance, NumberStyles.Float, CultureInfo.InvariantCulture) >= 0));
            }
        }

        foreach (XElement set in processing.Descendants(Qti + "setOutcomeValue"))
        {
            Assert.Equal(declared[set.Attribute("identifier")!.Value], TypeOf(Assert.Single(set.Elements()), declared));
        }
    }

    private static (string Cardinality, string BaseType) TypeOf(XElement expression, Dictionary<string, (string Cardinality, string BaseType)> declared) => expression.Name.LocalName switch
    {
        "baseValue" => ("single", expression.Attribute("baseType")!.Value),
        "mapResponse" => ("single", declared.ContainsKey(expression.Attribute("identifier")!.Value) ? "float" : "undeclared"),
        "variable" or "correct" => declared[expression.Attribute("identifier")!.Value],
        _ => throw new InvalidOperationException($"The expression {expression.Name.LocalName} is not known here."),
    };

    // what is said has an identifier that the outcome can take
    private static void Feedback(XElement item, Dictionary<string, (string Cardinality, string BaseType)> declared)
    {
        string[] possible = [.. item.Descendants(Qti + "simpleChoice").Select(choice => choice.Attribute("identifier")!.Value), .. item.Descendants(Qti + "baseValue").Select(value => value.Value)];
        foreach (XElement feedback in item.Elements(Qti + "modalFeedback"))
        {
            Assert.Equal("identifier", declared[feedback.Attribute("outcomeIdentifier")!.Value].BaseType);
            Assert.Contains(feedback.Attribute("identifier")!.Value, possible);
            Assert.All(feedback.Elements(), block => Assert.Equal(Qti + "p", block.Name));
        }
    }
}
