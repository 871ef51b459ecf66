using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using CsCheck;
using Fukami.Lab;

namespace Fukami.Course.Tests;

public sealed class PageTests
{
    private static readonly CourseContent Course = CourseFolder.Open(CourseFolder.Shipped);
    private static readonly XNamespace Qti = "http://www.imsglobal.org/xsd/imsqti_v2p1";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_page_has_no_script_fetches_nothing_and_encodes_what_a_learner_wrote(bool isForPrint)
    {
        Session session = Course.Session("residual-and-normalization", Language.English)!;
        string page = Page(session, Copies.Of(Course, session), isForPrint);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=\"", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("A &lt;script&gt; of notes", page, StringComparison.Ordinal);
        Assert.Contains("default-src &#39;none&#39;", page.Replace("'", "&#39;", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("![a](http://example.org/x.png)")]
    [InlineData("[a](javascript:alert(1))")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("text {onclick=alert(1)}")]
    [InlineData("[a](data:text/html,x)")]
    [InlineData("$</math><script>alert(1)</script>$")]
    [InlineData("$$\n\\text{<script>alert(1)</script>}\n$$")]
    public void No_lesson_can_put_markup_or_a_request_into_a_page(string markdown)
    {
        string markup = LessonMarkup.Text(markdown);
        Assert.DoesNotContain("<script", markup, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", markup, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", markup, StringComparison.Ordinal);
        Assert.DoesNotContain(" onclick", markup.Replace("{onclick", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_are_well_formed_and_their_ids_are_unique()
    {
        foreach (Session session in Course.Sessions(Language.Japanese).Concat(Course.Sessions(Language.English)))
        {
            string page = Page(session, null, false);
            string body = page[page.IndexOf("<main>", StringComparison.Ordinal)..(page.IndexOf("</main>", StringComparison.Ordinal) + 7)];
            XElement main = XElement.Parse(body);
            string[] ids = [.. main.Descendants().Attributes("id").Select(id => id.Value)];
            Assert.Equal(ids.Distinct(), ids);
            Assert.Equal(session.Questions.Count(question => question is not PredictQuestion), main.Descendants("details").Count());
        }
    }

    [Fact]
    public void On_paper_the_answers_stand_at_the_end()
    {
        Session session = Course.Session("query-key-value", Language.English)!;
        string page = Page(session, null, true);
        Assert.DoesNotContain("<details", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("✓ right", StringComparison.Ordinal) > page.IndexOf("class=\"answers\"", StringComparison.Ordinal));
        Assert.Contains("@page", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_formula_of_the_course_becomes_mathml_without_leftovers()
    {
        foreach (Session session in Course.Sessions(Language.English))
        {
            Assert.DoesNotContain("<mtext>\\", Page(session, null, false), StringComparison.Ordinal);
        }

        Assert.Equal("<math aria-label=\"x^{2}_i\"><mrow><msubsup><mi>x</mi><mi>i</mi><mrow><mn>2</mn></mrow></msubsup></mrow></math>", MathMarkup.Of("x^{2}_i", false));
    }

    [Fact]
    public void Any_formula_gives_well_formed_mathml() => Gen.String[Gen.Char["\\{}^_frac sqrt<&>x1-αleft."], 0, 60].Sample(latex => Assert.NotNull(XElement.Parse(MathMarkup.Of(latex, true))), iter: 500);

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Japanese)]
    public void A_qti_package_has_an_item_for_each_question_and_its_identifiers_agree(Language language)
    {
        foreach (Session session in Course.Sessions(language))
        {
            using var stream = new MemoryStream();
            QtiPackage.Write(session, stream);
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            XDocument manifest = Load(zip, "imsmanifest.xml");
            XElement[] resources = [.. manifest.Descendants().Where(element => element.Name.LocalName == "resource")];
            Assert.Equal(session.Questions.Count(question => question is not PredictQuestion), resources.Length);
            foreach (XElement resource in resources)
            {
                XElement item = Load(zip, resource.Attribute("href")!.Value).Root!;
                Assert.Equal(resource.Attribute("identifier")!.Value, item.Attribute("identifier")!.Value);
                AssertItem(item);
            }
        }
    }

    [Fact]
    public void Generated_questions_make_sound_items() =>
        GeneratedSessions.Questions.Sample(question => AssertItem(XDocument.Parse(new QtiItem(question, 1, Language.English).Write().ToString()).Root!), iter: 100);

    // the order and the references that the QTI 2.1 information model asks for
    private static void AssertItem(XElement item)
    {
        string[] order = ["responseDeclaration", "outcomeDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing"];
        Assert.Equal(order, item.Elements().Select(element => element.Name.LocalName).Take(5));
        Assert.All(item.Elements().Skip(5), element => Assert.Equal("modalFeedback", element.Name.LocalName));
        foreach (string name in (string[])["identifier", "title", "adaptive", "timeDependent"])
        {
            Assert.NotNull(item.Attribute(name));
        }

        XElement interaction = Assert.Single(item.Descendants(), element => element.Name.LocalName.EndsWith("Interaction", StringComparison.Ordinal));
        Assert.Equal("RESPONSE", interaction.Attribute("responseIdentifier")!.Value);
        Assert.All(item.Descendants().Attributes("identifier"), id => Assert.Matches("^[A-Za-z_][A-Za-z0-9_.-]*$", id.Value));
        string[] choices = [.. interaction.Elements(Qti + "simpleChoice").Select(choice => choice.Attribute("identifier")!.Value)];
        Assert.Equal(choices.Distinct(), choices);
        if (choices.Length > 0)
        {
            string[] right = [.. item.Element(Qti + "responseDeclaration")!.Element(Qti + "correctResponse")!.Elements().Select(value => value.Value)];
            Assert.NotEmpty(right);
            Assert.All(right, value => Assert.Contains(value, choices));
        }

        string[] outcomes = [.. item.Elements(Qti + "outcomeDeclaration").Select(outcome => outcome.Attribute("identifier")!.Value)];
        Assert.All(item.Descendants(Qti + "setOutcomeValue"), set => Assert.Contains(set.Attribute("identifier")!.Value, outcomes));
        Assert.All(item.Elements(Qti + "modalFeedback"), feedback => Assert.Contains(feedback.Attribute("outcomeIdentifier")!.Value, outcomes));
    }

    private static XDocument Load(ZipArchive zip, string name)
    {
        using Stream stream = zip.GetEntry(name)!.Open();
        return XDocument.Load(stream);
    }

    private static string Page(Session session, PersonalCopy? copy, bool isForPrint)
    {
        using var stream = new MemoryStream();
        SessionHtml.Write(session, Course, copy, stream, isForPrint);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
